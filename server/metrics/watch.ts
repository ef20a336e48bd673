import { monotonicTime } from '@payonce/retry';
import type { Logger } from 'pino';
import type { Database } from '#db/open.ts';
import { measured } from './measured.ts';
import { createMetrics } from './metrics.ts';
import { type StateSources, shopState } from './shop-state.ts';
import { createTell } from './tell.ts';

export type Watch = ReturnType<typeof watch>;

/** Counts and times what the shop is made of, without any part of it knowing. */
export function watch(sources: StateSources, log: Logger) {
  const metrics = createMetrics(() => shopState(sources));
  return {
    metrics,
    tell: createTell(log, metrics),
    database: measuredWrites(sources.database, metrics.written),
    /** A service that is not ours, by the name it has in the numbers. */
    outside: <Service extends object>(service: string, of: Service): Service =>
      measured(of, (call, durationMs) => metrics.outsideCall({ service, ...call }, durationMs)),
  };
}

/** The same database, with each transaction that was committed told of: how long it took from being asked for. */
function measuredWrites(database: Database, onCommitted: (durationMs: number) => void): Database {
  return {
    ...database,
    write(job, durability) {
      const startedAt = monotonicTime();
      const writing = database.write(job, durability);
      // One that fails is told of by whoever asked for it.
      writing.then(
        () => onCommitted(monotonicTime() - startedAt),
        () => undefined,
      );
      return writing;
    },
  };
}
