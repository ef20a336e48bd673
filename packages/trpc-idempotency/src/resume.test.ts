import { describe, expect, it } from 'vitest';
import { mortalPayment, PLACES, type Place } from './testing/mortal-payment.ts';
import { settledMicrotasks, workbench } from './testing/workbench.ts';

/** The first run and five that took over. */
const RUNS_MAX = 6;

describe('a crash', () => {
  it.each(PLACES)('at %s ends in one order and one charge', async (place) => {
    const { send, clock, store, find } = workbench();
    const dies: { at: Place | undefined } = { at: place };
    const { pay, charges, runs } = mortalPayment(dies);
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
    const { pay, runs } = mortalPayment({ at: 'reserved' });
    for (let attempt = 0; attempt < RUNS_MAX; attempt++) {
      void send(pay, { amountMinor: 2490 });
      await settledMicrotasks();
      clock.advance(30_000);
    }
    expect(runs).toHaveLength(RUNS_MAX);
    expect(await send(pay, { amountMinor: 2490 })).toEqual({ kind: 'quarantined' });
    clock.advance(30_000);
    expect(await send(pay, { amountMinor: 2490 })).toEqual({ kind: 'quarantined' });
    expect(runs).toHaveLength(RUNS_MAX);
    expect(said().at(-1)).toBe('quarantined');
  });
});
