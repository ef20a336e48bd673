import { describe, expect, it } from 'vitest';
import { selfCheck, unixMs } from './index.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';
import { createSqliteStore } from './sqlite/index.ts';
import { openTemporaryDatabase } from './sqlite/temporary-database.ts';

const ref = { tenant: 'self-check', principal: 'self-check', operation: 'self-check', key: 'check-1' };

describe('the self-check at boot', () => {
  it('passes a store that keeps its promises, and leaves nothing behind', async () => {
    const store = createMemoryStore();
    await selfCheck(store, 'check-1');
    expect(await store.find(ref)).toBeUndefined();

    const database = await openTemporaryDatabase();
    await Promise.all([selfCheck(createSqliteStore(database)), selfCheck(createSqliteStore(database))]);
    expect(database.raw.prepare('SELECT count(*) FROM idempotency_keys').pluck().get()).toBe(0);
    database.close();
  });

  it.each<[string, (store: MemoryStore) => Partial<MemoryStore>, string]>([
    [
      'grants the same key twice',
      (store) => {
        let claims = 0;
        return { claim: (request) => store.claim({ ...request, key: `${request.key}/${claims++}` }) };
      },
      'a second claim of the same key loses',
    ],
    [
      'never ends a lease',
      (store) => ({
        claim: (request) => store.claim({ ...request, now: unixMs(Math.min(request.now, 946_684_800_000)) }),
      }),
      'a key is claimable when its lease has ended',
    ],
    ['has no fence', () => ({ holds: async () => true }), 'a grant that was taken over holds nothing'],
    [
      'compares no content',
      (store) => ({ claim: (request) => store.claim({ ...request, requestHash: () => '' }) }),
      'other content',
    ],
  ])('stops a store that %s, and lets go of its key', async (_what, change, promise) => {
    const honest = createMemoryStore();
    await expect(selfCheck({ ...honest, ...change(honest) }, 'check-1')).rejects.toThrow(promise);
    expect(await honest.find(ref)).toBeUndefined();
  });
});
