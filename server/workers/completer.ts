import { createCompleter, type Engine, type IdempotencyStore, type KeyRef } from '@payonce/trpc-idempotency';
import type { Tx } from '#db/open.ts';
import type { Clock } from '../clock.ts';
import type { Alarm } from '../log.ts';
import { startSweeping, type Worker } from './worker.ts';

export interface CompleterTools {
  readonly engine: Engine<Tx>;
  readonly store: IdempotencyStore<Tx>;
  readonly operations: Parameters<typeof createCompleter<Tx>>[0]['operations'];
  readonly clock: Clock;
  readonly isLeading: () => boolean;
  readonly alarm: Alarm;
}

export interface Completer extends Worker {
  /** Looks at one key now and not at its next turn, because something has been heard of it. */
  carryOn(key: KeyRef): void;
}

/** Somebody waits for their receipt; a look costs one read of a small index. */
const EVERY_MS = 2_000;

const KEYS_PER_SWEEP = 20;

/** Finishes what its client has left: from the stored input, with the stored quote, looked up before it is repeated. */
export function startCompleter({ alarm, isLeading, ...tools }: CompleterTools): Completer {
  const completer = createCompleter({ ...tools, limit: KEYS_PER_SWEEP });
  const sweeping = startSweeping({
    name: 'completer',
    everyMs: EVERY_MS,
    sweep: async () => (await completer.sweep()) === KEYS_PER_SWEEP,
    isLeading,
    alarm,
  });
  const looks = new Set<Promise<void>>();
  let isStopped = false;
  return {
    carryOn(key) {
      if (isStopped) return;
      const look = carryOnNow(key, tools)
        .catch((error: unknown) => alarm('completer: a payment could not be carried on', error))
        .finally(() => looks.delete(look));
      looks.add(look);
    },
    async stop() {
      isStopped = true;
      await Promise.all([sweeping.stop(), ...looks]);
    },
  };
}

async function carryOnNow(
  key: KeyRef,
  { engine, store, operations }: Omit<CompleterTools, 'alarm' | 'isLeading'>,
): Promise<void> {
  const record = await store.find(key);
  // A key that a run holds needs nobody, and one whose run has died is for the sweep after its lease.
  const isFree = record?.state.processingState === 'pending' && record.state.leaseExpiresAt === null;
  const operation = operations.find(({ name }) => name === key.operation);
  if (isFree && operation) await engine.resume(operation, record);
}
