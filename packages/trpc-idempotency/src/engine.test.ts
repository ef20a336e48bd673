import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOperation, proceed, refused, rejected, settled, unfinished } from './index.ts';
import type { MemoryTransaction } from './memory-store.ts';
import type { Run, RunOutcome } from './operation.ts';
import { gate, increment, workbench } from './testing/workbench.ts';

type Receipt = { orderId: string };

const PayInput = z.object({ amountMinor: z.number(), note: z.string().optional() });

function payBy(run: (run: Run<MemoryTransaction, Receipt>) => Promise<RunOutcome<Receipt>>) {
  return defineOperation<MemoryTransaction, typeof PayInput, Receipt>({
    name: 'checkout.pay',
    version: 1,
    input: PayInput,
    run: (_input, handle) => run(handle),
  });
}

const payAtOnce = payBy((run) =>
  run.finish(async (tx) => {
    increment(tx, 'orders');
    return settled({ orderId: `order of ${run.requestId}` });
  }),
);

describe('one key', () => {
  it('runs once when 50 requests come at once', async () => {
    const { send, store } = workbench();
    const provider = gate();
    const pay = payBy(async (run) => {
      await run.call('charge', () => provider.opened);
      return run.finish(async (tx) => {
        increment(tx, 'orders');
        return settled({ orderId: 'o-1' });
      });
    });
    const sent = Array.from({ length: 50 }, () => send(pay, { amountMinor: 2490 }));
    const others = await Promise.all(sent.slice(1));
    provider.open();

    expect(others).toEqual(Array(49).fill({ kind: 'in-progress', retryAfterMs: 2000 }));
    expect(await sent[0]).toMatchObject({ kind: 'final', replayed: false });
    expect(store.effect('orders')).toBe(1);
  });

  it('gives every later request the stored answer of the first', async () => {
    const { send, store, clock } = workbench();
    const first = await send(payAtOnce, { amountMinor: 2490 });
    expect(first).toEqual({
      kind: 'final',
      outcome: { kind: 'settled', output: { orderId: 'order of request-1' } },
      statusCode: 200,
      replayed: false,
      requestId: 'request-1',
      expiresAt: clock() + 86_400_000,
    });
    clock.advance(3_600_000);
    expect(await send(payAtOnce, { amountMinor: 2490 })).toEqual({ ...first, replayed: true });
    expect(store.effect('orders')).toBe(1);
  });

  it('answers the first request with what was stored, so that a replay is equal to it', async () => {
    const { send } = workbench();
    const bare = { orderId: 'o-1', left: undefined, zero: -0 };
    const pay = payBy((run) => run.finish(async () => settled<Receipt>(bare)));
    const first = await send(pay, { amountMinor: 1 });
    const second = await send(pay, { amountMinor: 1 });
    expect(first).toMatchObject({ outcome: { output: { orderId: 'o-1', zero: 0 } } });
    expect(JSON.stringify(second)).toBe(JSON.stringify({ ...first, replayed: true }));
  });

  it('does not tell a missing property from one that is undefined', async () => {
    const { send } = workbench();
    await send(payAtOnce, { amountMinor: 1 });
    expect(await send(payAtOnce, { note: undefined, amountMinor: 1 })).toMatchObject({ replayed: true });
    expect(await send(payAtOnce, { amountMinor: 1, note: '' })).toEqual({ kind: 'mismatch' });
  });

  it('is refused with other content, while the first request runs and after it', async () => {
    const { send, store } = workbench();
    const provider = gate();
    const pay = payBy(async (run) => {
      await run.call('charge', () => provider.opened);
      return run.finish(async (tx) => {
        increment(tx, 'orders');
        return settled({ orderId: 'o-1' });
      });
    });
    const first = send(pay, { amountMinor: 2490 });
    expect(await send(pay, { amountMinor: 1 })).toEqual({ kind: 'mismatch' });
    provider.open();
    expect(await first).toMatchObject({ kind: 'final' });
    expect(await send(pay, { amountMinor: 1 })).toEqual({ kind: 'mismatch' });
    expect(store.effect('orders')).toBe(1);
  });

  it('is another key for another principal, tenant or operation', async () => {
    const { send, store } = workbench();
    await send(payAtOnce, { amountMinor: 1 });
    await send(payAtOnce, { amountMinor: 2 }, { principal: 'bob' });
    await send(payAtOnce, { amountMinor: 3 }, { tenant: 'other shop' });
    await send({ ...payAtOnce, name: 'checkout.tip' }, { amountMinor: 4 });
    expect(store.effect('orders')).toBe(4);
  });

  it('is new again when its retention has ended', async () => {
    const { send, store, clock, said } = workbench();
    await send(payAtOnce, { amountMinor: 1 });
    clock.advance(86_400_000);
    expect(await send(payAtOnce, { amountMinor: 2 })).toMatchObject({ replayed: false, requestId: 'request-2' });
    expect(store.effect('orders')).toBe(2);
    expect(said()).toEqual(['executed', 'expired', 'executed']);
  });
});

describe('an ending', () => {
  it('is stored and replayed when it is a refusal', async () => {
    const { send, said } = workbench({ statusOf: ({ kind }) => (kind === 'settled' ? 201 : 402) });
    const pay = payBy((run) => run.finish(async () => refused('card_declined', { declineCode: 'lost_card' })));
    const first = await send(pay, { amountMinor: 1 });
    expect(first).toMatchObject({ kind: 'final', statusCode: 402, outcome: { reason: 'card_declined' } });
    expect(await send(pay, { amountMinor: 1 })).toEqual({ ...first, replayed: true });
    expect(said()).toEqual(['executed', 'replayed']);
  });

  it('may come from a phase as well as from finish', async () => {
    const { send, store } = workbench();
    const pay = payBy((run) =>
      run.phase('reserved', async (tx) => {
        increment(tx, 'looked');
        return refused('out_of_stock');
      }),
    );
    expect(await send(pay, { amountMinor: 1 })).toMatchObject({ kind: 'final', outcome: { reason: 'out_of_stock' } });
    expect(store.effect('looked')).toBe(1);
  });

  it('leaves no trace when a phase rejects', async () => {
    const { send, store, find, said } = workbench();
    let isEmpty = true;
    const pay = payBy(async (run) => {
      const reserved = await run.phase('reserved', async (tx) => {
        increment(tx, 'stock');
        return isEmpty ? rejected('cart_empty') : proceed(null);
      });
      if (reserved.kind !== 'proceed') return reserved;
      return run.finish(async () => settled({ orderId: 'o-1' }));
    });
    expect(await send(pay, { amountMinor: 1 })).toEqual({ kind: 'rejected', reason: 'cart_empty', extras: {} });
    expect(store.effect('stock')).toBeUndefined();
    expect(await find('checkout.pay')).toBeUndefined();
    expect(said()).toEqual(['rejected']);

    isEmpty = false;
    expect(await send(pay, { amountMinor: 2 })).toMatchObject({ kind: 'final', replayed: false });
  });

  it('keeps recovery point and start when it is neither yes nor no', async () => {
    const { send, store, clock, find, said } = workbench();
    const starts: number[] = [];
    let isTaxUp = false;
    const pay = payBy(async (run) => {
      starts.push(run.startedAt);
      const reserved = await run.phase('reserved', async (tx) => {
        increment(tx, 'stock');
        return proceed({ attemptId: `attempt of ${run.requestId}` });
      });
      if (!isTaxUp) return unfinished('tax_unavailable', 1500);
      return run.finish(async () => settled({ orderId: reserved.data.attemptId }));
    });
    const down = await send(pay, { amountMinor: 1 });
    expect(down).toEqual({ kind: 'unfinished', reason: 'tax_unavailable', retryAfterMs: 1500 });
    expect(await find('checkout.pay')).toMatchObject({
      recoveryPoint: 'reserved',
      takeovers: 0,
      state: { processingState: 'pending', leaseExpiresAt: null },
    });

    isTaxUp = true;
    clock.advance(5_000);
    expect(await send(pay, { amountMinor: 1 })).toMatchObject({
      outcome: { output: { orderId: 'attempt of request-1' } },
    });
    expect(store.effect('stock')).toBe(1);
    expect(starts).toEqual([clock() - 5_000, clock() - 5_000]);
    expect(said()).toEqual(['released', 'resumed', 'executed']);
  });

  it('is told to nobody when the run throws: the key is given back and the next request goes on', async () => {
    const { send, store, said } = workbench();
    let isBroken = true;
    const pay = payBy(async (run) => {
      await run.phase('reserved', async (tx) => {
        increment(tx, 'stock');
        return proceed(null);
      });
      if (isBroken) throw new Error('a bug');
      return run.finish(async () => settled({ orderId: 'o-1' }));
    });
    await expect(send(pay, { amountMinor: 1 })).rejects.toThrow('a bug');
    isBroken = false;
    expect(await send(pay, { amountMinor: 1 })).toMatchObject({ kind: 'final' });
    expect(store.effect('stock')).toBe(1);
    expect(said()).toEqual(['released', 'resumed', 'executed']);
  });

  it('is refused to a new key when there is no room for it, and never to a known one', async () => {
    const { send, said } = workbench();
    const admit = () => ({ admitted: false, retryAfterMs: 700 }) as const;
    expect(await send(payAtOnce, { amountMinor: 1 }, { admit })).toEqual({ kind: 'limited', retryAfterMs: 700 });
    await send(payAtOnce, { amountMinor: 1 });
    expect(await send(payAtOnce, { amountMinor: 1 }, { admit })).toMatchObject({ replayed: true });
    expect(said()).toEqual(['executed', 'replayed']);
  });
});
