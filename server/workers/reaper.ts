import type { IdempotencyStore } from '@payonce/trpc-idempotency';
import type { Tx } from '#db/open.ts';
import type { Clock } from '../clock.ts';
import { startSweeping, type Worker } from './worker.ts';

export interface ReaperTools {
  readonly store: IdempotencyStore<Tx>;
  readonly clock: Clock;
  readonly alarm: (message: string) => void;
}

/** Expired keys harm nobody: a claim sees for itself that they are over. */
const EVERY_MS = 60_000;

/** One transaction of this many takes about 10 ms, measured; all at once would stop the shop for seconds. */
const KEYS_PER_TRANSACTION = 500;

/** Deletes the answers whose retention has ended. Never a key without an answer, however old. */
export function startReaper({ store, clock, alarm }: ReaperTools): Worker {
  return startSweeping({
    name: 'reaper',
    everyMs: EVERY_MS,
    sweep: async () => (await store.reap({ now: clock(), limit: KEYS_PER_TRANSACTION })) === KEYS_PER_TRANSACTION,
    alarm,
  });
}
