import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOperation, proceed, settled, TAKEOVERS_MAX } from './index.ts';
import type { MemoryTransaction } from './memory-store.ts';
import { crash, increment, workbench } from './testing/workbench.ts';

/** A payment with a provider of its own, that dies at the first `dies` of the places it passes. */
function payment(dies: { at: Place | undefined }) {
  const charges = new Map<string, number>();
  const runs: { startedAt: number; resumed: boolean }[] = [];
  const input = z.object({ amountMinor: z.number() });

  const pay = defineOperation<MemoryTransaction, typeof input, { attemptId: string; chargeId: string }>({
    name: 'checkout.pay',
    version: 1,
    input,
    async run(_input, run) {
      const pass = (place: Place) => (dies.at === place ? crash : undefined);
      runs.push({ startedAt: run.startedAt, resumed: run.resumed });
      await pass('claimed');

      const { data } = await run.phase('reserved', async (tx) => {
        increment(tx, 'stock');
        return proceed({ attemptId: `attempt of ${run.requestId}` });
      });
      await pass('reserved');

      const chargeId = await run.call('charge', async () => {
        // The provider knows its own key: asked twice it charges once.
        if (!charges.has(data.attemptId)) charges.set(data.attemptId, charges.size + 1);
        return `charge ${charges.get(data.attemptId)}`;
      });
      await pass('charged, not remembered');

      const charged = await run.phase('charged', async () => proceed({ chargeId }));
      await pass('charged');

      return run.finish(async (tx) => {
        increment(tx, 'orders');
        return settled({ attemptId: data.attemptId, chargeId: charged.data.chargeId });
      });
    },
  });
  return { pay, charges, runs };
}

const PLACES = ['claimed', 'reserved', 'charged, not remembered', 'charged'] as const;
type Place = (typeof PLACES)[number];

describe('a crash', () => {
  it.each(PLACES)('at %s ends in one order and one charge', async (place) => {
    const { send, clock, store, find } = workbench();
    const dies: { at: Place | undefined } = { at: place };
    const { pay, charges, runs } = payment(dies);
    void send(pay, { amountMinor: 2490 });
    await settledMicrotasks();
    expect(await send(pay, { amountMinor: 2490 })).toEqual({ kind: 'in-progress', retryAfterMs: 2000 });

    dies.at = undefined;
    clock.advance(30_000);
    const attemptId = `attempt of ${place === 'claimed' ? 'request-3' : 'request-1'}`;
    expect(await send(pay, { amountMinor: 2490 })).toMatchObject({
      kind: 'final',
      replayed: false,
      requestId: 'request-3',
      outcome: { output: { attemptId, chargeId: 'charge 1' } },
    });
    expect([store.effect('stock'), store.effect('orders'), charges.size]).toEqual([1, 1, 1]);
    expect(runs).toEqual([
      { startedAt: clock() - 30_000, resumed: false },
      { startedAt: clock() - 30_000, resumed: place !== 'claimed' },
    ]);
    expect(await find('checkout.pay')).toMatchObject({ takeovers: 1 });
  });

  it('that comes again at each takeover puts the key aside, and nobody loops on it', async () => {
    const { send, clock, said } = workbench();
    const { pay, runs } = payment({ at: 'reserved' });
    for (let attempt = 0; attempt <= TAKEOVERS_MAX; attempt++) {
      void send(pay, { amountMinor: 2490 });
      await settledMicrotasks();
      clock.advance(30_000);
    }
    expect(runs).toHaveLength(TAKEOVERS_MAX + 1);
    expect(await send(pay, { amountMinor: 2490 })).toEqual({ kind: 'quarantined' });
    clock.advance(30_000);
    expect(await send(pay, { amountMinor: 2490 })).toEqual({ kind: 'quarantined' });
    expect(runs).toHaveLength(TAKEOVERS_MAX + 1);
    expect(said().at(-1)).toBe('quarantined');
  });
});

/** All that can go on without a timer has gone on: a run that waits now waits for the test. */
function settledMicrotasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
