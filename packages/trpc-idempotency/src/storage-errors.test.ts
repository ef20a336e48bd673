import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStore } from './memory-store.ts';
import { orderOnce } from './testing/order-once.ts';
import { workbench } from './testing/workbench.ts';

describe('storage that fails', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('in the middle gives the claim back if it can, and says what failed', async () => {
    const store = createMemoryStore();
    let isFull = true;
    const { send } = workbench({
      store: {
        ...store,
        complete: (tx, grant, end) =>
          isFull ? Promise.reject(new Error('disk full')) : store.complete(tx, grant, end),
      },
    });
    await expect(send(orderOnce, null)).rejects.toThrow('disk full');
    expect(store.effect('orders')).toBeUndefined();
    isFull = false;
    expect(await send(orderOnce, null)).toMatchObject({ kind: 'final', replayed: false });
    expect(store.effect('orders')).toBe(1);
  });

  it('also while the claim is given back leaves the first error to be told', async () => {
    const store = createMemoryStore();
    const failing = {
      ...store,
      complete: () => Promise.reject(new Error('disk full')),
      release: () => Promise.reject(new Error('still full')),
    };
    const { send } = workbench({ store: failing });
    await expect(send(orderOnce, null)).rejects.toThrow('disk full');
  });

  it('for longer than the run lasts holds the key up no longer than that, and counts as no crash', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const store = createMemoryStore();
    let isLocked = true;
    const unlessLocked = <T>(work: () => Promise<T>) => (isLocked ? Promise.reject(new Error('locked')) : work());
    const { send, said } = workbench({
      store: {
        ...store,
        complete: (...end) => unlessLocked(() => store.complete(...end)),
        release: (...end) => unlessLocked(() => store.release(...end)),
      },
    });
    await expect(send(orderOnce, null)).rejects.toThrow('locked');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await send(orderOnce, null)).toMatchObject({ kind: 'in-progress' });
    isLocked = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(await send(orderOnce, null)).toMatchObject({ kind: 'final', replayed: false });
    // Nothing was taken over.
    expect(said()).toEqual(['in_use', 'released', 'executed']);
    expect(store.effect('orders')).toBe(1);
  });

  it.each([
    ['stays locked', false],
    ['is closed meanwhile', true],
  ])('for longer than the lease leaves the key to whoever takes it over, when it %s', async (_how, isClosed) => {
    let releases = 0;
    const locked = () => Promise.reject(new Error('locked'));
    const release = () => {
      releases += 1;
      // A database that is closed throws at once.
      if (isClosed && releases > 1) throw new Error('closed');
      return locked();
    };
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const store = createMemoryStore();
    const { send } = workbench({ store: { ...store, complete: locked, release } });
    await expect(send(orderOnce, null)).rejects.toThrow('locked');
    await vi.advanceTimersByTimeAsync(31_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('at the claim runs nothing', async () => {
    const store = createMemoryStore();
    const { send } = workbench({ store: { ...store, claim: () => Promise.reject(new Error('disk full')) } });
    await expect(send(orderOnce, null)).rejects.toThrow('disk full');
    expect(store.effect('orders')).toBeUndefined();
  });

  it('to tell of a commit that took effect ends in the answer of that commit', async () => {
    const store = createMemoryStore();
    const { send, said } = workbench({
      store: {
        ...store,
        async transaction(work) {
          await store.transaction(work);
          throw new Error('I/O error at COMMIT');
        },
      },
    });
    expect(await send(orderOnce, null)).toMatchObject({ kind: 'final', replayed: false });
    expect(await send(orderOnce, null)).toMatchObject({ kind: 'final', replayed: true });
    expect(store.effect('orders')).toBe(1);
    expect(said()).toEqual(['executed', 'replayed']);
  });
});
