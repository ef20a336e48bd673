import { randomBytes } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { FaultSubject, Faults, Strikes } from '../faults/faults.ts';
import { type Delivery, underFaults } from '../faults/under-faults.ts';
import { readInput } from './body.ts';
import { refusedCaller } from './local-callers.ts';
import { type Reply, refusal } from './reply.ts';

export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  /** What stands for `:id` in the path; else empty. */
  readonly id: string;
  readonly input: unknown;
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
}

export interface Route {
  readonly method: string;
  /** May hold one `:id`. */
  readonly path: string;
  /** Refuses before any fault is considered. */
  readonly guard?: (request: SandboxRequest) => Reply | undefined;
  /** What faults know the request by; a route without one is never struck. */
  readonly subject?: (request: SandboxRequest) => FaultSubject;
  readonly answer: (request: SandboxRequest, strikes: Strikes) => Reply | Promise<Reply>;
}

interface HttpOptions {
  readonly routes: readonly Route[];
  readonly faults: Faults;
  /** Rejects when the sandbox stops. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** The sandbox's one HTTP port. */
export function createHttp({ routes, faults, sleep }: HttpOptions): Server {
  const server = createServer(limits, (message, response) => {
    // Whatever goes wrong here, and a stop in the middle of a delay, looks to the caller like a lost connection.
    deliver(message, response).catch((error: Error) => {
      if (error.name !== 'AbortError' && !message.destroyed) console.error(error);
      message.socket.destroy();
    });
  });
  return server;

  async function deliver(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = `req_${randomBytes(7).toString('hex')}`;
    const delivery = await answer(message, requestId);
    switch (delivery.kind) {
      case 'cut':
        message.socket.destroy();
        break;
      case 'cut_midway':
        sendHalf(message, response, { ...delivery, requestId });
        break;
      case 'answered':
        send(message, response, { ...delivery, requestId });
    }
  }

  async function answer(message: IncomingMessage, requestId: string): Promise<Delivery> {
    const stranger = refusedCaller(message.headers);
    if (stranger) return once(stranger);
    const url = new URL(message.url ?? '/', 'http://sandbox');
    const method = message.method ?? 'GET';
    const path = url.pathname;
    const found = find(routes, method, path);
    if (!found) return once(refusal(404, `Unrecognized request URL (${method}: ${path}).`));
    const read = await readInput(message, url, path.startsWith('/v1/') ? 'form' : 'json');
    if ('status' in read) return once(read);
    const request = { method, path, id: found.id, input: read.input, headers: message.headers, requestId };
    const refused = found.route.guard?.(request);
    if (refused) return once(refused);
    const strikes: Strikes = found.route.subject ? faults.strike(found.route.subject(request)) : new Map();
    return underFaults(strikes, sleep, () => found.route.answer(request, strikes));
  }
}

const limits: ServerOptions = {
  // What the shop sends is there at once; whoever takes longer is stuck, and would hold a socket for a minute.
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 5_000,
  // The shop keeps its connections open; one that closes under a request would be a fault nobody asked for.
  keepAliveTimeout: 75_000,
};

function find(routes: readonly Route[], method: string, path: string): { route: Route; id: string } | undefined {
  const parts = path.split('/');
  for (const route of routes) {
    const pattern = route.path.split('/');
    if (route.method !== method || pattern.length !== parts.length) continue;
    const fits = pattern.every((part, index) => (part === ':id' ? parts[index] !== '' : part === parts[index]));
    if (fits) return { route, id: parts[pattern.indexOf(':id')] ?? '' };
  }
  return undefined;
}

function once(reply: Reply): Delivery {
  return { kind: 'answered', reply, times: 1 };
}

interface Sending {
  readonly reply: Reply;
  readonly requestId: string;
}

function send(
  message: IncomingMessage,
  response: ServerResponse,
  { times, ...sending }: Sending & { readonly times: 1 | 2 },
): void {
  const { status, headers, body } = rendered(message, sending);
  response.writeHead(status, headers).end(body, () => {
    if (times === 1) return;
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    message.socket.write(`HTTP/1.1 ${status} Again\r\n${lines.join('')}\r\n`);
    message.socket.write(body);
  });
}

/** The status says that all is well, and then there is no more. */
function sendHalf(message: IncomingMessage, response: ServerResponse, sending: Sending): void {
  const { status, headers, body } = rendered(message, sending);
  response.writeHead(status, headers).write(body.subarray(0, body.length / 2), () => message.socket.destroySoon());
}

function rendered(message: IncomingMessage, { reply, requestId }: Sending) {
  const body = Buffer.from(JSON.stringify(reply.body));
  const key = message.headers['idempotency-key'];
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'Content-Length': String(body.length),
    'Cache-Control': 'no-store',
    'Request-Id': requestId,
    ...(typeof key === 'string' && { 'Idempotency-Key': key }),
    ...reply.headers,
  };
  // A body that was refused by its size is still arriving; the connection cannot be used for anything else.
  if (reply.status === 413) headers.Connection = 'close';
  return { status: reply.status, headers, body };
}
