import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyOperation, createCompleter, defineOperation, rejected, TAKEOVERS_MAX, unfinished } from './index.ts';
import type { MemoryTransaction } from './memory-store.ts';
import { mortalPayment, PLACES, type Place } from './testing/mortal-payment.ts';
import { orderOnce } from './testing/order-once.ts';
import { gate, settledMicrotasks, workbench } from './testing/workbench.ts';

type Bench = ReturnType<typeof workbench>;

const completerOf = (bench: Bench, ...operations: AnyOperation<MemoryTransaction>[]) =>
  createCompleter({ ...bench, operations });

const input = z.unknown();

/** An operation that runs as it is told. */
const payBy = (run: AnyOperation<MemoryTransaction>['run']) =>
  defineOperation<MemoryTransaction, typeof input, { orderId: string }>({
    name: 'checkout.pay',
    version: 1,
    input,
    run: run as typeof orderOnce.run,
  });

describe('the completer', () => {
  it.each(PLACES)('finishes a payment that died at %s and whose client never came back', async (place) => {
    const bench = workbench();
    const { send, clock, store, said } = bench;
    const dies: { at: Place | undefined } = { at: place };
    const { pay, charges } = mortalPayment(dies);
    const { sweep } = completerOf(bench, pay);
    void send(pay, { amountMinor: 2490 });
    await settledMicrotasks();
    expect(await sweep()).toBe(0);

    dies.at = undefined;
    clock.advance(30_000);
    expect(await sweep()).toBe(1);
    expect([store.effect('stock'), store.effect('orders'), charges.size]).toEqual([1, 1, 1]);
    expect(said()).toEqual(['taken_over', 'resumed', 'executed']);
    expect(await send(pay, { amountMinor: 2490 })).toMatchObject({
      kind: 'final',
      replayed: true,
      requestId: 'completer-1',
    });
    expect(await sweep()).toBe(0);
  });

  it.each([0, -1, 0.5, Number.NaN])('is not made with a limit of %s, with which it would finish nothing', (limit) => {
    expect(() => createCompleter({ ...workbench(), operations: [], limit })).toThrow('limit is at least 1');
  });

  it('waits longer each time for what stays unfinished', async () => {
    const bench = workbench();
    const { send, clock } = bench;
    const startedAt = clock();
    const runsAtMs: number[] = [];
    const pay = payBy(async () => {
      runsAtMs.push(clock() - startedAt);
      return unfinished('payment_outcome_unknown', 2_000);
    });
    const { sweep } = completerOf(bench, pay);
    await send(pay, null);
    for (let second = 0; second < 900; second++) {
      clock.advance(1_000);
      await sweep();
    }
    expect(runsAtMs.slice(0, 6)).toEqual([0, 2_000, 4_000, 6_000, 9_000, 14_000]);
    expect(runsAtMs.length).toBeLessThan(20);
  });

  it('lets a client come sooner', async () => {
    const { send } = workbench();
    let isDown = true;
    const pay = payBy(async (none, run) => (isDown ? unfinished('tax_unavailable', 2_000) : orderOnce.run(none, run)));
    await send(pay, null);
    isDown = false;
    expect(await send(pay, null)).toMatchObject({ kind: 'final' });
  });

  it('carries on all others when one throws, and then says what it threw', async () => {
    const bench = workbench();
    const { send, clock, store } = bench;
    let isFirst = true;
    const pay = payBy(async (content, run) => {
      if (content === 'broken') throw new Error('a bug');
      if (isFirst) return unfinished('tax_unavailable', 1_000);
      return orderOnce.run(content, run);
    });
    await send(pay, 'broken', { key: 'broken' }).catch(() => undefined);
    for (const key of ['a', 'b', 'c']) await send(pay, null, { key });
    isFirst = false;
    clock.advance(1_000);
    await expect(completerOf(bench, pay).sweep()).rejects.toMatchObject({
      message: '1 of 4 abandoned runs threw',
      errors: [new Error('a bug')],
    });
    expect(store.effect('orders')).toBe(3);
    expect(await completerOf(bench, pay).sweep()).toBe(0);
  });

  it('runs a key once when two of them sweep at the same time', async () => {
    const bench = workbench();
    const { send, clock, store } = bench;
    const bank = gate();
    let runs = 0;
    const pay = payBy(async (none, run) => {
      runs += 1;
      if (runs === 1) return unfinished('payment_outcome_unknown', 1_000);
      await run.call('charge', () => bank.opened);
      return orderOnce.run(none, run);
    });
    await send(pay, null);
    clock.advance(1_000);
    const sweeps = [completerOf(bench, pay).sweep(), completerOf(bench, pay).sweep()];
    await settledMicrotasks();
    bank.open();
    await Promise.all(sweeps);
    expect([runs, store.effect('orders')]).toEqual([2, 1]);
  });

  it('puts aside what crashes at each takeover, and looks at it no more', async () => {
    const bench = workbench();
    const { send, clock, said } = bench;
    const { pay, runs } = mortalPayment({ at: 'reserved' });
    const { sweep } = completerOf(bench, pay);
    void send(pay, { amountMinor: 2490 });
    for (let round = 0; round < 2 * TAKEOVERS_MAX; round++) {
      await settledMicrotasks();
      clock.advance(30_000);
      void sweep();
    }
    await settledMicrotasks();
    expect(runs).toHaveLength(TAKEOVERS_MAX + 1);
    expect(said().at(-1)).toBe('quarantined');
    expect(await sweep()).toBe(0);
  });
});

describe('a key that is carried on without its client', () => {
  it('is not claimed anew when it was given up meanwhile', async () => {
    const { send, clock, engine, store, find } = workbench();
    let runs = 0;
    const pay = payBy(async () => {
      runs += 1;
      return runs === 1 ? unfinished('tax_unavailable', 1_000) : rejected('cart_empty');
    });
    await send(pay, null);
    const record = await find('checkout.pay');
    await send(pay, null);
    clock.advance(1_000);
    expect(record && (await engine.resume(pay, record))).toEqual({ kind: 'gone' });
    expect([runs, store.effect('orders'), await find('checkout.pay')]).toEqual([2, undefined, undefined]);
  });

  it('gets its input as the first run got it, not parsed twice', async () => {
    const inCents = z.number().transform((euros) => euros * 100);
    const seen: number[] = [];
    const bench = workbench();
    const pay = defineOperation<MemoryTransaction, typeof inCents, { orderId: string }>({
      ...orderOnce,
      input: inCents,
      async run(cents, run) {
        seen.push(cents);
        return seen.length === 1 ? unfinished('tax_unavailable', 1_000) : orderOnce.run(cents, run);
      },
    });
    await bench.send(pay, inCents.parse(24.9));
    bench.clock.advance(1_000);
    await completerOf(bench, pay).sweep();
    expect(seen).toEqual([2490, 2490]);
  });

  it('has what an older version stored read through the schema of the new one', async () => {
    const bench = workbench();
    const { send, clock, find } = bench;
    await send(
      payBy(async () => unfinished('tax_unavailable', 1_000)),
      { amountMinor: 2490 },
    );
    clock.advance(1_000);
    const newInput = z.object({ amountMinor: z.number(), currency: z.string().default('eur') });
    const seen: unknown[] = [];
    const pay = defineOperation<MemoryTransaction, typeof newInput, { orderId: string }>({
      name: 'checkout.pay',
      version: 2,
      input: newInput,
      async run(content, run) {
        seen.push(content);
        return orderOnce.run(content, run);
      },
    });
    await completerOf(bench, pay).sweep();
    expect(seen).toEqual([{ amountMinor: 2490, currency: 'eur' }]);
    expect(await find('checkout.pay')).toMatchObject({ schemaVersion: 1, state: { processingState: 'completed' } });
  });
});
