import type { IdempotencyStore } from '@payonce/trpc-idempotency';
import { deleteOldRows } from '#db/old-rows.ts';
import type { Database, Tx } from '#db/open.ts';
import { endAbandoned } from '../checkout/end-abandoned.ts';
import type { Clock } from '../clock.ts';
import type { Alarm } from '../log.ts';
import { startSweeping, type Worker } from './worker.ts';

export interface ReaperTools {
  readonly store: IdempotencyStore<Tx>;
  readonly database: Database;
  readonly clock: Clock;
  readonly isLeading: () => boolean;
  readonly alarm: Alarm;
  /** Default 60 s. */
  readonly everyMs?: number;
}

/** Expired keys harm nobody: a claim sees for itself that they are over. */
const EVERY_MS = 60_000;

/** One transaction of this many takes about 10 ms, measured; all at once would stop the shop for seconds. */
const ROWS_PER_TRANSACTION = 500;

/** How long we remember what was heard and logged: as long as a provider's event is known again, to compare with it. */
const HEARSAY_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Deletes the answers whose retention has ended, never a key without an answer, and what was heard long ago. Ends what
 * was begun without a key and will not be ended by anybody else.
 */
export function startReaper({ store, database, clock, isLeading, alarm, everyMs = EVERY_MS }: ReaperTools): Worker {
  const limit = ROWS_PER_TRANSACTION;
  return startSweeping({
    name: 'reaper',
    everyMs,
    async sweep() {
      const now = clock();
      const areKeysLeft = (await store.reap({ now, limit })) === limit;
      const areRowsLeft = await database.write((tx) => deleteOldRows(tx, { before: now - HEARSAY_KEPT_MS, limit }));
      const areAttemptsLeft = (await database.write((tx) => endAbandoned(tx, { now, limit }))) === limit;
      return areKeysLeft || areRowsLeft || areAttemptsLeft;
    },
    isLeading,
    alarm,
  });
}
