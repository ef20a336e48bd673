import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { endAfterRest } from './end-after-rest.ts';
import type { Handler } from './interfaces.ts';
import { fromNode } from './node-request.ts';

/** Answers a Node request with the handler that also answers behind Next. */
export async function answerWith(handler: Handler, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (res.socket === null) closeWithSocket(req, res);
  const request = fromNode(req, res);
  // TRACE would send the cookie back to a script that may not read it.
  if (request === undefined || request.method === 'TRACE') {
    res.writeHead(request === undefined ? 400 : 405, { Connection: 'close' }).end();
    return;
  }
  const { status, headers, body } = await handler(request);
  if (res.destroyed) return;
  res.statusCode = status;
  for (const [name, value] of headers) res.setHeader(name, value);
  if (body instanceof ReadableStream) await stream(body, res);
  else if (headers.get('Connection') === 'close' && !req.complete) await endAfterRest(req, res, body);
  else res.end(body);
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

/**
 * An answer whose turn on its connection has not come is told by nobody that the connection has closed: a stream would
 * go on, and hold up the drain. Said here as Node says it to the one whose turn it is.
 */
function closeWithSocket({ socket }: IncomingMessage, res: ServerResponse): void {
  const close = () => {
    res.destroy();
    res.emit('close');
  };
  // However many requests were sent behind each other.
  socket.setMaxListeners(0).once('close', close);
  res.once('socket', () => socket.off('close', close));
}
