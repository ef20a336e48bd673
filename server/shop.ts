import { createHash } from 'node:crypto';
import { createEngine, type FinalOutcome, selfCheck } from '@payonce/trpc-idempotency';
import { createSqliteStore } from '@payonce/trpc-idempotency/sqlite';
import { idempotentPlugin } from '@payonce/trpc-idempotency/trpc';
import { type Logger, pino } from 'pino';
import { type Database, openDatabase, type Tx } from '#db/open.ts';
import { seed } from '#db/seed.ts';
import { RequestLog } from './backstage/request-log.ts';
import { NewKeyLimit } from './checkout/new-key-limit.ts';
import { payOperation } from './checkout/pay.ts';
import { type Clock, wallClock } from './clock.ts';
import { keyScope } from './context.ts';
import { type Env, readEnv } from './env.ts';
import { errors, isReason, shopError } from './errors.ts';
import { keyedPost } from './http/plain/keyed-post.ts';
import type { Resources } from './http/plain/resource.ts';
import { createResources } from './http/plain/resources.ts';
import { createInvoiceOperation } from './invoices/create-invoice.ts';
import { createMailer } from './mail/mailer.ts';
import { refundOperation } from './orders/refund.ts';
import { createProvider } from './payments/provider.ts';
import { createRefunds } from './payments/refunds.ts';
import { createWebhookInbox, type WebhookInbox } from './payments/webhook-inbox.ts';
import { type AppRouter, createAppRouter } from './root.ts';
import { deriveSecrets, secretBeside } from './secret.ts';
import { createTaxClient } from './tax/tax-client.ts';
import { startCompleter } from './workers/completer.ts';
import { startOutboxRelay } from './workers/outbox-relay.ts';
import { startReaper } from './workers/reaper.ts';

/** The shop, put together and running. What delivery needs of it, and how to stop it. */
export interface Shop {
  readonly env: Env;
  readonly database: Database;
  readonly router: AppRouter;
  readonly resources: Resources;
  readonly webhooks: WebhookInbox;
  readonly sessionKeys: readonly Buffer[];
  readonly newKeys: NewKeyLimit;
  readonly log: Logger;
  close(): Promise<void>;
}

export async function openShop(env: Env, clock: Clock = wallClock): Promise<Shop> {
  const log = pino({ level: env.logLevel });
  const database = openDatabase({ file: env.databaseFile });
  await seed(database);

  const secrets = env.secrets ?? [secretBeside(env.databaseFile)];
  const { sessionKeys, hashKeys } = deriveSecrets(secrets);
  const store = createSqliteStore<Tx>({ write: (job) => database.write(job), reader: database.reader });
  const engine = createEngine({
    store,
    hashKeys,
    clock,
    leaseMs: env.leaseMs,
    retentionMs: env.retentionMs,
    statusOf,
    onEvent: ({ kind, operation, requestId }) => log.info({ event: kind, operation, requestId }),
  });
  await selfCheck(store);
  const requestLog = new RequestLog(database);
  const alarm = (message: string) => log.error({ alarm: true }, message);
  const mailer = createMailer(env.smtpUrl);
  const payTools = {
    database,
    clock,
    alarm,
    tax: createTaxClient(env.taxUrl),
    provider: createProvider({ ...env.stripe, instance: instanceName(secrets) }),
  };
  const pay = payOperation(payTools);
  const createInvoice = createInvoiceOperation(payTools);
  const refund = refundOperation({ refunds: createRefunds(env.stripe), clock, alarm });
  const router = createAppRouter({
    ...payTools,
    pay,
    refund,
    reader: database.reader,
    store,
    requestLog,
    isDemo: env.isDemo,
    idempotent: idempotentPlugin({
      engine,
      waitMs: env.waitMs,
      toError: (reason, details) => shopError(isReason(reason) ? reason : 'internal', details),
    }),
  });
  const completer =
    env.workers === 'inline'
      ? startCompleter({ engine, store, operations: [pay, createInvoice, refund], clock, alarm })
      : undefined;
  const workers = completer
    ? [completer, startOutboxRelay({ database, mailer, clock, alarm }), startReaper({ store, clock, alarm })]
    : [];

  return {
    env,
    database,
    router,
    resources: createResources({ database, clock, requestLog, pay, createInvoice, keyed: keyedPost(engine) }),
    webhooks: createWebhookInbox({
      database,
      clock,
      secret: env.webhookSecret,
      carryOn: ({ principal, idempotencyKey }) =>
        completer?.carryOn({ ...keyScope(principal, pay.name), key: idempotencyKey }),
    }),
    sessionKeys,
    log,
    newKeys: new NewKeyLimit({ perCustomer: env.keysPerMinute, perAddress: env.keysPerMinutePerAddress }, clock),
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await engine.drain({ graceMs: GRACE_MS });
      mailer.close();
      await requestLog.flush();
      await database.close();
    },
  };
}

/** What is still running gives its key back after this, so that the next process need not wait for its lease. */
const GRACE_MS = 200;

/** One shop in one process: Next loads its bundles more than once, and two writers would wait for each other. */
export function theShop(): Promise<Shop> {
  const process = globalThis as { payonceShop?: Promise<Shop> };
  process.payonceShop ??= openShop(readEnv());
  return process.payonceShop;
}

function statusOf(outcome: FinalOutcome): number {
  if (outcome.kind === 'settled') return 200;
  return isReason(outcome.reason) ? errors[outcome.reason].httpStatus : 500;
}

/** Names this shop on the provider's account, the same after every restart and without giving the secret away. */
function instanceName(secrets: readonly string[]): string {
  return createHash('sha256')
    .update(`payonce instance ${secrets.at(-1)}`)
    .digest('hex')
    .slice(0, 16);
}
