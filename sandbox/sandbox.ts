import type { AddressInfo, Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { eraseSandbox, openSandboxDatabase } from './database.ts';
import { faultRoutes } from './faults/fault-routes.ts';
import { createFaults } from './faults/faults.ts';
import { createHttp, type Route } from './http/http.ts';
import { ok } from './http/reply.ts';
import { createMailbox, mailboxRoute } from './mailbox/mailbox.ts';
import { createSmtp } from './mailbox/smtp.ts';
import { createExecutor } from './payments/execute.ts';
import { createIdempotencyKeys } from './payments/idempotency.ts';
import { createLedger } from './payments/ledger.ts';
import { EVENT_TYPES, type EventType } from './payments/objects.ts';
import { paymentRoutes } from './payments/routes.ts';
import { taxRoute } from './tax/tax.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

export interface SandboxOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** 0 takes a free one. */
  readonly smtpPort: number;
  /** The SQLite file; made with its folder when absent. */
  readonly file: string;
  /** Where events are sent; they are only kept when absent. */
  readonly webhookUrl?: string | undefined;
  /** The events that are sent there, as the endpoint of a Stripe account names them. Default: all. */
  readonly webhookEvents?: readonly EventType[] | undefined;
  /** Signs webhooks. Default `whsec_sandbox`. */
  readonly webhookSecret?: string | undefined;
  /** Unix milliseconds. Default: the wall clock. */
  readonly now?: () => number;
}

export interface Sandbox {
  readonly port: number;
  readonly smtpPort: number;
  readonly url: string;
  /** Lets answers go out; what still waits then is cut: it did not happen, as after a crash. */
  close(): Promise<void>;
}

/** Loopback only: whoever can reach these ports can rewrite the world. */
const host = '127.0.0.1';

/** The outside world in one process: payment provider, tax service, mailbox and the switches that break them. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const now = options.now ?? Date.now;
  const database = openSandboxDatabase(options.file);
  const stop = new AbortController();
  let world = new AbortController();
  const sleep = (ms: number) => wait(ms, undefined, { signal: AbortSignal.any([stop.signal, world.signal]) });
  const faults = createFaults();
  const ledger = createLedger(database, now);
  const keys = createIdempotencyKeys(database, now);
  const webhooks = createWebhooks({
    database,
    ledger,
    now,
    url: options.webhookUrl,
    eventTypes: options.webhookEvents ?? EVENT_TYPES,
    secret: options.webhookSecret ?? 'whsec_sandbox',
    stopped: stop.signal,
  });
  const execute = createExecutor({ database, ledger, keys, webhooks, now, sleep });
  const mailbox = createMailbox(database);
  const reset: Route = {
    method: 'POST',
    path: '/reset',
    answer: () => {
      // What is still under way belongs to the old world: it is cut, and never happens in the new one.
      world.abort();
      world = new AbortController();
      eraseSandbox(database);
      faults.clear();
      return ok({ reset: true });
    },
  };
  const health: Route = { method: 'GET', path: '/health', answer: () => ok({ status: 'ok' }) };
  const routes = [
    ...paymentRoutes(ledger, execute),
    taxRoute(),
    mailboxRoute(mailbox),
    ...faultRoutes(faults),
    reset,
    health,
  ];
  const http = createHttp({ routes, faults, sleep });
  const smtp = createSmtp({ mailbox, faults, sleep });

  async function close(): Promise<void> {
    stop.abort();
    await Promise.all([closed(http), new Promise<void>((done) => smtp.close(() => done()))]);
    database.close();
  }

  try {
    await listening(http, options.port);
    await listening(smtp.server, options.smtpPort);
  } catch (error) {
    await close();
    throw error;
  }
  void webhooks.wake();
  const port = portOf(http);
  return { port, smtpPort: portOf(smtp.server), url: `http://${host}:${port}`, close };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: import('node:http').Server): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** An answer that is being written is gone long before; a caller that does not read its own is not waited for. */
const drainMs = 500;

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
