import assert from 'node:assert/strict';
import type { Engine } from './engine.ts';
import type { AnyOperation } from './operation.ts';
import type { UnixMs } from './record.ts';
import type { IdempotencyStore } from './store.ts';

export interface CompleterOptions<Tx> {
  readonly engine: Engine<Tx>;
  readonly store: IdempotencyStore<Tx>;
  /** Those that may be carried on without a client. A key of any other waits for its client. */
  readonly operations: readonly AnyOperation<Tx>[];
  readonly clock: () => UnixMs;
  /** Keys of one sweep, which run side by side. Default 20. */
  readonly limit?: number;
}

export interface Completer {
  /**
   * Carries on what was abandoned, once each. Two sweeps at a time, in one process or in many, do no harm: each key
   * has one run. A run that never ends keeps its own sweep waiting and no other.
   *
   * @returns how many keys it found; as many as `limit` mean that there may be more.
   * @throws an AggregateError of what single runs threw, when all have ended.
   */
  sweep(): Promise<number>;
}

/** Finishes every abandoned run from its stored input. The host decides how often: once in a tenth of the lease will do. */
export function createCompleter<Tx>(options: CompleterOptions<Tx>): Completer {
  const { engine, store, clock, limit = 20 } = options;
  assert(limit >= 1, 'limit is at least 1: with less a sweep would finish nothing');
  const { leaseMs } = engine;
  const operations = new Map(options.operations.map((operation) => [operation.name, operation]));

  return {
    async sweep() {
      const records = await store.abandoned({ operations: [...operations.keys()], now: clock(), leaseMs, limit });
      const runs = await Promise.allSettled(
        records.map(async (record) => {
          const operation = operations.get(record.operation);
          if (operation) await engine.resume(operation, record);
        }),
      );
      const errors = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason] : []));
      if (errors.length > 0)
        throw new AggregateError(errors, `${errors.length} of ${runs.length} abandoned runs threw`);
      return records.length;
    },
  };
}
