import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory-store.ts';
import { orderOnce } from './testing/order-once.ts';
import { workbench } from './testing/workbench.ts';

describe('a listener', () => {
  it.each([
    [
      'at once',
      () => {
        throw new Error('no disk for logs');
      },
    ],
    ['later', () => Promise.reject(new Error('no disk for logs'))],
  ])('that fails %s breaks no run', async (_when, onEvent) => {
    const { send } = workbench({ onEvent });
    expect(await send(orderOnce, null)).toMatchObject({ kind: 'final', replayed: false });
    expect(await send(orderOnce, null)).toMatchObject({ kind: 'final', replayed: true });
  });

  it('is waited for by nobody, and still does what it does only when it is waited for', async () => {
    const written: string[] = [];
    // As the query builders of some libraries are.
    const lazyInsert = (kind: string) => ({
      // biome-ignore lint/suspicious/noThenProperty: what is tested is a thenable
      then(done: () => void) {
        written.push(kind);
        done();
      },
    });
    const { send } = workbench({ onEvent: ({ kind }) => lazyInsert(kind) });
    await send(orderOnce, null);
    await expect.poll(() => written).toEqual(['executed']);
  });

  it('hears of an execution only when its answer is stored', async () => {
    const store = createMemoryStore();
    const seen: unknown[] = [];
    const ref = { tenant: 'shop', principal: 'ada', operation: 'checkout.pay', key: 'key-1' };
    const { send } = workbench({
      store,
      onEvent: async ({ kind }) => seen.push([kind, (await store.find(ref))?.state.processingState]),
    });
    await send(orderOnce, null);
    expect(seen).toEqual([['executed', 'completed']]);
  });

  it('hears of duplicates that were told to wait and of keys that were reused', async () => {
    const { send, said } = workbench();
    const answers = await Promise.all([send(orderOnce, 1), send(orderOnce, 1), send(orderOnce, 2)]);
    expect(answers.map(({ kind }) => kind)).toEqual(['final', 'in-progress', 'mismatch']);
    expect(said().sort()).toEqual(['executed', 'in_use', 'reused']);
  });
});
