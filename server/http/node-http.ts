import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { incomingMessageToRequest } from '@trpc/server/adapters/node-http';

/** Answers a Node request with a handler of the fetch kind, so that one handler serves our server and Next's. */
export async function answerWith(
  handler: (request: Request) => Promise<Response>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const request = toRequest(req, res);
  if (request === undefined) {
    res.writeHead(req.method === 'TRACE' ? 405 : 400, { Connection: 'close' }).end();
    return;
  }
  const response = await handler(request);
  if (res.destroyed) return;
  res.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') res.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) res.appendHeader('Set-Cookie', cookies);

  if (response.body === null) res.end();
  else if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await stream(response.body, res);
  } else res.end(Buffer.from(await response.arrayBuffer()));
}

/** Sends event by event, no faster than they are read. The other side ends most streams by leaving, which is no error. */
async function stream(body: ReadableStream<Uint8Array>, res: ServerResponse): Promise<void> {
  res.flushHeaders();
  try {
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), res);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
  }
}

/** Undefined for what a Request cannot say: a host that is none, and the method TRACE. */
function toRequest(req: IncomingMessage, res: ServerResponse): Request | undefined {
  try {
    // The size of the body is the handler's to judge: it answers with a reason where this would only cut.
    return incomingMessageToRequest(req, res, { maxBodySize: null });
  } catch {
    return undefined;
  }
}
