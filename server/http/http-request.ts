/**
 * What the shop's interfaces need of a request, whether Node's own server or Next brought it. A fetch `Request` made of
 * Node's cost a quarter of a short call, most of it for streams that nobody reads.
 */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: RequestHeaders;
  /** Aborts when whoever asked is gone before the answer. */
  readonly signal: AbortSignal;
  /**
   * The whole body, once. Undefined when it is longer than `bytesMax`: the rest is not read.
   *
   * @throws BodyCutError when the connection ended in the middle of it.
   */
  readText(bytesMax: number): Promise<string | undefined>;
}

/** As fetch's `Headers` have it: by a name in whatever case, several values of one name joined by a comma. */
export type RequestHeaders = Pick<Headers, 'get' | 'has'>;

/** Half a body is no body, even where half of it could be read. */
export class BodyCutError extends Error {
  override readonly name = 'BodyCutError';
}

export function fromFetch(request: Request): HttpRequest {
  const { method, headers, signal, body } = request;
  return { method, url: new URL(request.url), headers, signal, readText: (bytesMax) => readStream(body, bytesMax) };
}

async function readStream(body: ReadableStream<Uint8Array> | null, bytesMax: number): Promise<string | undefined> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    // Stopped without being cancelled: that would cut the socket, and the answer has to leave by it.
    for await (const chunk of body.values({ preventCancel: true })) {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) return undefined;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new BodyCutError('the body ended in the middle', { cause });
  }
  return Buffer.concat(chunks).toString('utf8');
}
