import type { IncomingMessage, ServerResponse } from 'node:http';

const DROPPED_BYTES_MAX = 1024 * 1024;
const WAITED_MS_MAX = 1_000;

/**
 * Sends an answer that is given in the middle of a body, and after which the connection closes. A socket that is closed
 * with something unread in it resets the connection, and a client that is still sending loses the answer. So the answer
 * leaves at once, and the socket is closed when the client has sent all or has left, or when it has had its time.
 */
export async function endAfterRest(req: IncomingMessage, res: ServerResponse, body: string | null): Promise<void> {
  const answer = body ?? '';
  res.setHeader('Content-Length', Buffer.byteLength(answer));
  res.write(answer);
  // Node closes the socket once the answer has ended.
  await restDropped(req);
  res.end();
}

function restDropped(req: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    const drop = (chunk: Buffer) => {
      bytes += chunk.byteLength;
      // More is left in the socket, so that whoever sends for ever stands still, and comes to read.
      if (bytes > DROPPED_BYTES_MAX) req.off('data', drop).pause();
    };
    const stop = () => {
      clearTimeout(timer);
      req.off('data', drop).pause();
      resolve();
    };
    const timer = setTimeout(stop, WAITED_MS_MAX);
    req.once('end', stop).once('close', stop).on('data', drop).resume();
  });
}
