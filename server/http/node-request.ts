import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { BodyCutError, type HttpRequest, type RequestHeaders } from './http-request.ts';

/** Undefined for what has no URL or no headers that can be said: a host that is none, or has a password in it. */
export function fromNode(req: IncomingMessage, res: ServerResponse): HttpRequest | undefined {
  try {
    const url = new URL(req.url ?? '', `http://${req.headers.host ?? 'localhost'}`);
    if (url.username !== '' || url.password !== '') return undefined;
    return {
      method: req.method ?? '',
      url,
      headers: headersOf(req.headers),
      signal: whileWaitedFor(res),
      readText: (bytesMax) => readBody(req, bytesMax),
    };
  } catch {
    return undefined;
  }
}

/** Read where they stand: of the dozen that a browser sends a handful is asked for. */
function headersOf(incoming: IncomingHttpHeaders): RequestHeaders {
  const valueUnder = (name: string) => incoming[name.toLowerCase()];
  return {
    get(name) {
      const value = valueUnder(name);
      return (Array.isArray(value) ? value.join(', ') : value) ?? null;
    },
    has: (name) => valueUnder(name) !== undefined,
  };
}

function whileWaitedFor(res: ServerResponse): AbortSignal {
  const gone = new AbortController();
  // It comes after an answer that was sent, too.
  res.once('close', () => {
    if (!res.writableEnded) gone.abort();
  });
  return gone.signal;
}

function readBody(req: IncomingMessage, bytesMax: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const keep = (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes <= bytesMax) {
        chunks.push(chunk);
        return;
      }
      // Left in the socket and not cut off: the answer has to leave by it.
      req.off('data', keep).pause();
      chunks.length = 0;
      resolve(undefined);
    };
    req.on('data', keep);
    req.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    // The one way in which a body that has not ended ends: Node says so where somebody listens for it.
    req.once('error', (cause) => reject(new BodyCutError('the body ended in the middle', { cause })));
  });
}
