import { randomUUID } from 'node:crypto';
import {
  type AnyOperation,
  createEngine,
  type Engine,
  type EventListener,
  type FinalOutcome,
  type IdempotencyStore,
  selfCheck,
} from '@payonce/trpc-idempotency';
import { createSqliteStore } from '@payonce/trpc-idempotency/sqlite';
import type { Logger } from 'pino';
import { instanceName } from '#db/instance.ts';
import { openDatabase, type Tx } from '#db/open.ts';
import { seed } from '#db/seed.ts';
import { type PayOperation, type PayTools, payOperation } from './checkout/pay.ts';
import { CLOCK_ERROR_MS, type Clock, wallClock } from './clock.ts';
import type { Env } from './env.ts';
import { errors, isReason } from './errors.ts';
import { createInvoiceOperation } from './invoices/create-invoice.ts';
import { createLog } from './log.ts';
import { type Watch, watch } from './metrics/watch.ts';
import { type RefundOperation, refundOperation } from './orders/refund.ts';
import { createProvider, type PaymentProvider } from './payments/provider.ts';
import { createProviderLedger, type ProviderLedger } from './payments/provider-ledger.ts';
import { createRefunds, type Refunds } from './payments/refunds.ts';
import { deriveSecrets, type Secrets, secretBeside } from './secret.ts';
import { createTaxClient, taxBreaker } from './tax/tax-client.ts';
import { assertWindowsNest, windowsWith } from './windows.ts';

/** What takes payments and finishes them, without anybody who asks: a shop has one, and so has a worker process. */
export interface EngineRoom extends PayTools, Pick<Watch, 'metrics' | 'tell' | 'outside'> {
  readonly env: Env;
  readonly log: Logger;
  readonly secrets: Secrets;
  readonly store: IdempotencyStore<Tx>;
  readonly engine: Engine<Tx>;
  readonly pay: PayOperation;
  readonly createInvoice: ReturnType<typeof createInvoiceOperation>;
  readonly refund: RefundOperation;
  /** Those that can be carried on without a client: all of them. */
  readonly operations: readonly AnyOperation<Tx>[];
  readonly refunds: Refunds;
  readonly ledger: ProviderLedger;
  /** Gives back the keys of what still runs. Stop what asks for runs before. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

export interface EngineRoomOptions {
  /** Default: the wall clock. */
  readonly clock?: Clock;
  /** Told of each event, after the commit that it speaks of. */
  readonly onEvent?: EventListener;
  /** What stands between the shop and its provider. Default: nothing. */
  readonly aroundProvider?: (provider: PaymentProvider) => PaymentProvider;
}

export async function openEngineRoom(
  env: Env,
  { clock = wallClock, onEvent, aroundProvider = (provider) => provider }: EngineRoomOptions = {},
): Promise<EngineRoom> {
  assertWindowsNest(windowsWith(env));
  const log = createLog(env.logLevel);
  const breaker = taxBreaker();
  const file = env.databaseFile;
  const opened = openDatabase({ file, onListenerFailed: (err) => log.error({ err }, 'a listener for commits threw') });
  const { database, ...watching } = watch({ database: opened, file, clock, breaker }, log);
  const { outside, tell } = watching;
  await seed(database);
  // The first of our charges is dated by the provider's clock, which may be behind ours.
  const instance = await instanceName(database, { name: randomUUID(), madeAt: clock() - CLOCK_ERROR_MS });

  const secrets = deriveSecrets(env.secrets ?? [secretBeside(env.databaseFile)]);
  const store = createSqliteStore<Tx>({
    write: (job, durability) => database.write(job, durability),
    reader: database.reader,
  });
  const engine = createEngine({
    store,
    hashKeys: secrets.hashKeys,
    clock,
    leaseMs: env.leaseMs,
    retentionMs: env.retentionMs,
    statusOf,
    onEvent(event) {
      tell.keyEvent(event);
      return onEvent?.(event);
    },
  });
  await selfCheck(store);

  const tax = outside('tax', createTaxClient(env.taxUrl, breaker));
  const provider = aroundProvider(outside('payments', createProvider({ ...env.stripe, instance })));
  const refunds = outside('refunds', createRefunds(env.stripe));
  const { alarm } = tell;
  const tools = { database, clock, alarm, tax, provider };
  const pay = payOperation(tools);
  const createInvoice = createInvoiceOperation(tools);
  const refund = refundOperation({ refunds, database, clock, alarm });
  return {
    ...tools,
    ...watching,
    env,
    log,
    secrets,
    store,
    engine,
    refunds,
    ledger: createProviderLedger(env.stripe, instance),
    pay,
    createInvoice,
    refund,
    operations: [pay, createInvoice, refund],
    drain: () => engine.drain({ graceMs: GRACE_MS }),
    close: () => database.close(),
  };
}

/** What is still running gives its key back after this, so that the next process need not wait for its lease. */
const GRACE_MS = 200;

function statusOf(outcome: FinalOutcome): number {
  if (outcome.kind === 'settled') return 200;
  return isReason(outcome.reason) ? errors[outcome.reason].httpStatus : 500;
}
