import type { IncomingMessage } from 'node:http';
import qs from 'qs';
import { type Reply, refusal } from './reply.ts';

/** Sixteen times the largest request the shop makes. */
const bodyBytesMax = 64 * 1024;

/** Reads the parameters of a request: of the query for GET and DELETE, else of the body, as a form or as JSON. */
export async function readInput(
  message: IncomingMessage,
  url: URL,
  as: 'form' | 'json',
): Promise<{ input: unknown } | Reply> {
  if (message.method === 'GET' || message.method === 'DELETE') return { input: fromForm(url.search.slice(1)) };
  if (as === 'form' && message.headers['content-type']?.startsWith('application/json')) {
    return refusal(400, 'Invalid request (check that your POST content type is application/x-www-form-urlencoded).');
  }
  const text = await readText(message);
  if (text === undefined) return refusal(413, `The body is larger than ${bodyBytesMax} bytes.`);
  if (as === 'form') return { input: fromForm(text) };
  if (text === '') return { input: {} };
  try {
    return { input: JSON.parse(text) };
  } catch {
    return refusal(400, 'The body is not JSON.');
  }
}

async function readText(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The refusal still has to be sent, so the socket must outlive a body that is given up.
  for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function fromForm(text: string): unknown {
  return qs.parse(text, { depth: 5, arrayLimit: 100, parameterLimit: 1000 });
}
