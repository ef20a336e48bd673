import assert from 'node:assert/strict';
import type { UnixMs } from './record.ts';
import type { IdempotencyStore } from './store.ts';

export interface ReaperOptions<Tx> {
  readonly store: Pick<IdempotencyStore<Tx>, 'reap'>;
  readonly clock: () => UnixMs;
  /** Answers deleted in one transaction. Default 500: a few milliseconds, after which the next request has its turn. */
  readonly limit?: number;
}

export interface Reaper {
  /** Deletes every answer whose retention has ended, transaction by transaction, and says how many there were. */
  sweep(): Promise<number>;
}

/** Housekeeping only: a claim takes an expired answer for none, whether it was deleted or not. */
export function createReaper<Tx>({ store, clock, limit = 500 }: ReaperOptions<Tx>): Reaper {
  assert(limit >= 1, 'limit is at least 1: with less a sweep would find no end');
  return {
    async sweep() {
      const now = clock();
      let total = 0;
      for (;;) {
        const deleted = await store.reap({ now, limit });
        total += deleted;
        if (deleted < limit) return total;
      }
    },
  };
}
