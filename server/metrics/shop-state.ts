import type { Breaker } from '@payonce/retry';
import type { Database } from '#db/open.ts';
import { databaseBytes, readBacklog, type Waiting } from '#db/shop-state.ts';
import type { Clock } from '../clock.ts';
import type { ShopState } from './state-gauges.ts';

export interface StateSources {
  readonly database: Database;
  readonly file: string;
  readonly clock: Clock;
  readonly breaker: Breaker;
}

/** What waits at this moment. Throws when the database cannot be read. */
export async function shopState({ database, file, clock, breaker }: StateSources): Promise<ShopState> {
  const { outboxWaiting, liveAttempts, deadLetters, quarantinedKeys } = await readBacklog(database.reader);
  const now = clock();
  const ageMs = ({ since }: Waiting) => (since === null ? 0 : Math.max(0, now - since));
  return {
    outboxWaiting: outboxWaiting.number,
    outboxOldestAgeMs: ageMs(outboxWaiting),
    deadLetters,
    liveAttempts: liveAttempts.number,
    liveAttemptsOldestAgeMs: ageMs(liveAttempts),
    quarantinedKeys,
    ...databaseBytes(file),
    isTaxBreakerOpen: breaker.state() !== 'closed',
  };
}
