/** What a browser says of a connection that broke, word for word. */
export function networkFailure(): TypeError {
  return new TypeError('Failed to fetch');
}

/**
 * The answer as far as it came: status and headers, half of the body, and then the connection is gone. Awaits the
 * whole of it first, because the shop has done its work and believes that it was heard.
 */
export async function cutMidway(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const arrived = bytes.subarray(0, Math.ceil(bytes.byteLength / 2));
  let isSent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      // Chromium's words for a body that breaks off while it is read.
      if (isSent) controller.error(new TypeError('network error'));
      else controller.enqueue(arrived);
      isSent = true;
    },
  });
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}

/** A gateway's own answer. It is JSON and still none of the shop's, as with most gateways. */
export function turnedAway(status: 503 | 429, retryAfterSeconds?: number): Response {
  const message = status === 503 ? 'no healthy upstream' : 'too many requests';
  const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return Response.json({ message }, { status, headers });
}
