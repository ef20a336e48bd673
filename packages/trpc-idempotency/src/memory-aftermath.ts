import { freeSince, hasExpired } from './judge.ts';
import type { MemoryTransaction, MemoryTransactions } from './memory-transaction.ts';
import type { IdempotencyStore } from './store.ts';

/** What is done to keys when no request asks for it. */
export function memoryAftermath({
  committedKeys,
  run,
}: MemoryTransactions): Pick<IdempotencyStore<MemoryTransaction>, 'abandoned' | 'reap'> {
  return {
    async abandoned({ operations, limit, ...at }) {
      return [...committedKeys.values()]
        .filter((record) => operations.includes(record.operation))
        .flatMap((record) => {
          const since = freeSince(record.state, at);
          return since === undefined ? [] : [{ record, since }];
        })
        .sort((a, b) => a.since - b.since)
        .slice(0, limit)
        .map(({ record }) => record);
    },

    reap: ({ now, limit }) =>
      run(async ({ keys }) => {
        // One transaction at a time: what is committed is what this one sees.
        const expired = [...committedKeys]
          .flatMap(([name, { state }]) =>
            state.processingState === 'completed' && hasExpired(state.answer, now)
              ? [{ name, expiresAt: state.answer.expiresAt }]
              : [],
          )
          .sort((a, b) => a.expiresAt - b.expiresAt)
          .slice(0, limit);
        for (const { name } of expired) keys.delete(name);
        return expired.length;
      }),
  };
}
