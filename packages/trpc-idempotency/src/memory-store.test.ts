import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory-store.ts';
import { storeContract } from './testing/index.ts';

describe('the memory store', () => {
  storeContract({
    describe,
    it,
    open() {
      const store = createMemoryStore();
      return {
        store,
        putEffect: async (tx, name, value) => tx.effects.set(name, value),
        effect: async (name) => store.effect(name) as number | undefined,
        close: async () => undefined,
      };
    },
  });

  it('refuses a transaction inside a transaction instead of waiting for itself', async () => {
    const store = createMemoryStore();
    const nested = store.transaction(async () => store.transaction(async () => undefined));
    await expect(nested).rejects.toThrow(/inside a transaction/);
  });

  it('leaves a straggler no handle to write through after its transaction', async () => {
    const store = createMemoryStore();
    const tx = await store.transaction(async (handle) => handle);
    expect(() => tx.effects.set('late', 1)).toThrow(/has ended/);
    expect(store.effect('late')).toBeUndefined();
  });
});
