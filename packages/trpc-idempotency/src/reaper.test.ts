import { describe, expect, it } from 'vitest';
import { createReaper, type IdempotencyStore } from './index.ts';
import type { MemoryTransaction } from './memory-store.ts';
import { orderOnce } from './testing/order-once.ts';
import { workbench } from './testing/workbench.ts';

describe('the reaper', () => {
  it('deletes all that has expired, 500 in a transaction, and nothing else', async () => {
    const { send, clock, store } = workbench();
    for (let n = 0; n < 1_001; n++) await send(orderOnce, null, { key: `old-${n}` });
    clock.advance(86_400_000);
    await send(orderOnce, null, { key: 'young' });
    const batches: number[] = [];
    const watched: Pick<IdempotencyStore<MemoryTransaction>, 'reap'> = {
      async reap(terms) {
        const deleted = await store.reap(terms);
        batches.push(deleted);
        return deleted;
      },
    };
    expect(await createReaper({ store: watched, clock }).sweep()).toBe(1_001);
    expect(batches).toEqual([500, 500, 1]);
    expect(await send(orderOnce, null, { key: 'young' })).toMatchObject({ replayed: true });
    expect(await send(orderOnce, null, { key: 'old-7' })).toMatchObject({ replayed: false });
  });

  it.each([0, -1, 0.5, Number.NaN])('is not made with a limit of %s, with which it would never end', (limit) => {
    const { clock, store } = workbench();
    expect(() => createReaper({ store, clock, limit })).toThrow('limit is at least 1');
  });

  it('lets a request in between two of its transactions', async () => {
    const { send, clock, store } = workbench();
    for (let n = 0; n < 4; n++) await send(orderOnce, null, { key: `old-${n}` });
    clock.advance(86_400_000);
    const ended: string[] = [];
    const swept = createReaper({ store, clock, limit: 1 }).sweep();
    await Promise.all([
      swept.then(() => ended.push('reaper')),
      store.transaction(async () => undefined).then(() => ended.push('request')),
    ]);
    expect(ended).toEqual(['request', 'reaper']);
  });
});
