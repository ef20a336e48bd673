import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { paymentShop } from './payment-shop.ts';

/** What happens to one request on its way. */
export type Trouble =
  | 'none'
  /** The connection breaks before the server has seen anything. */
  | 'lose-request'
  /** The server does its work, and the connection breaks before its answer. */
  | 'lose-answer'
  /** The same, after half of the body. */
  | 'cut-body'
  /** Somebody in between answers, and the server has seen nothing. */
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

export interface FaultyShop {
  readonly url: string;
  /** One per request that reached the machine, in order: the procedure and the Idempotency-Key header. */
  readonly requests: { readonly path: string; readonly key: string | null }[];
  /** The Payonce-Attempt header of each of them. */
  readonly tryNumbers: (string | null)[];
  readonly executions: string[];
  /** Waits for it open, when set, before the payment is made. */
  holdPayments(until: Promise<void>): void;
}

/** A tRPC server with idempotent payments behind real sockets that break as told: one trouble per request, then none. */
export async function faultyShop(...troubles: readonly Trouble[]): Promise<FaultyShop> {
  const { handle, executions, holdPayments } = paymentShop();
  const requests: FaultyShop['requests'] = [];
  const tryNumbers: FaultyShop['tryNumbers'] = [];
  const server = createServer(async (message, response) => {
    const request = await requestOf(message);
    const trouble = troubles[requests.length] ?? 'none';
    requests.push({ path: new URL(request.url).pathname.slice(1), key: request.headers.get('idempotency-key') });
    tryNumbers.push(request.headers.get('payonce-attempt'));
    if (trouble === 'lose-request') return message.socket.destroy();
    if (typeof trouble === 'object') return response.writeHead(trouble.status, trouble.headers).end(trouble.body);
    const answer = await handle(request);
    if (trouble === 'lose-answer') return message.socket.destroy();
    await send(answer, response, { cut: trouble === 'cut-body' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, requests, tryNumbers, executions, holdPayments };
}

async function requestOf(message: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const { method = 'GET', url = '/', headers } = message;
  return new Request(`http://shop.test${url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(method === 'POST' && { body: Buffer.concat(chunks) }),
  });
}

async function send(answer: Response, response: ServerResponse, { cut }: { cut: boolean }): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), 'content-length': String(body.length) });
  if (!cut) return void response.end(body);
  response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
}
