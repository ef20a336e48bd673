import { validateHeaderValue } from 'node:http';

/**
 * What the shop's interfaces answer, whether Node's own server sends it or Next. The counterpart of `HttpRequest`, for
 * the same reason: a header costs several times as much on its way through fetch's `Headers`, and a replay has seven.
 */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** A text is sent whole, a stream piece by piece as it comes. */
  readonly body: string | ReadableStream<Uint8Array> | null;
}

/** Found by their names in whatever case, one value each: no answer of this shop brings two cookies. */
export class AnswerHeaders {
  readonly #values = new Map<string, string>();

  constructor(headers: Readonly<Record<string, string>> = {}) {
    for (const [name, value] of Object.entries(headers)) this.set(name, value);
  }

  /** @throws a TypeError when the value is none that a header can have: here, and not where it is sent. */
  set(name: string, value: string): void {
    validateHeaderValue(name, value);
    this.#values.set(name.toLowerCase(), value);
  }

  copy(): AnswerHeaders {
    const copy = new AnswerHeaders();
    for (const [name, value] of this.#values) copy.#values.set(name, value);
    return copy;
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.#values.entries();
  }
}

export function jsonAnswer(
  json: unknown,
  { status, headers = {} }: { readonly status: number; readonly headers?: Readonly<Record<string, string>> },
): HttpAnswer {
  const allHeaders = new AnswerHeaders({ 'Content-Type': 'application/json', ...headers });
  return { status, headers: allHeaders, body: JSON.stringify(json) };
}

interface KnownOfResponse {
  /** Those that stand already, before those that the response has under the same names. */
  readonly headers?: AnswerHeaders;
  /** Its body, when the caller knows it. Default: it is read. */
  readonly text?: string | undefined;
}

export async function answerFrom(
  response: Response,
  { headers = new AnswerHeaders(), text }: KnownOfResponse = {},
): Promise<HttpAnswer> {
  for (const [name, value] of response.headers) if (!headers.has(name)) headers.set(name, value);
  const { status, body } = response;
  const isStream = isEventStream(headers) || headers.has('Transfer-Encoding');
  return { status, headers, body: isStream || body === null ? body : (text ?? (await response.text())) };
}

export function toFetch({ status, headers, body }: HttpAnswer): Response {
  return new Response(body, { status, headers: [...headers] });
}

export function isEventStream(headers: Pick<AnswerHeaders, 'get'>): boolean {
  return headers.get('Content-Type')?.startsWith('text/event-stream') === true;
}
