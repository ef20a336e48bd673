import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOperation, proceed, refused, rejected, settled } from './index.ts';
import type { MemoryTransaction } from './memory-store.ts';
import type { Run, RunOutcome } from './operation.ts';
import { increment, workbench } from './testing/workbench.ts';

type Receipt = { orderId: string };
type PayRun = Run<MemoryTransaction, Receipt>;

const input = z.unknown();

const payBy = (run: (run: PayRun) => Promise<RunOutcome<Receipt>>) =>
  defineOperation<MemoryTransaction, typeof input, Receipt>({
    name: 'checkout.pay',
    version: 1,
    input,
    run: (_input, handle) => run(handle),
  });

const order = (run: PayRun) =>
  run.finish(async (tx) => {
    increment(tx, 'orders');
    return settled({ orderId: 'o-1' });
  });

const bigReceipt = { orderId: 'x'.repeat(64 * 1024) };

describe('a bug in an operation is thrown, commits nothing and leaves the key free', () => {
  it.each<[string, (run: PayRun) => Promise<RunOutcome<Receipt>>, RegExp]>([
    ['an ending that was never stored', async () => settled({ orderId: 'o-1' }), /without having stored it/],
    ['a refusal that was never stored', async () => refused('card_declined'), /without having stored it/],
    [
      'a rejection after a committed phase',
      async (run) => {
        await run.phase('reserved', async () => proceed(1));
        return rejected('cart_empty');
      },
      /rejects what an earlier phase has begun/,
    ],
    [
      'a phase that rejects after a committed one',
      async (run) => {
        await run.phase('reserved', async () => proceed(1));
        return run.phase('charged', async () => rejected('cart_empty'));
      },
      /charged rejects what was begun before it/,
    ],
    [
      'two phases of one name',
      async (run) => {
        await run.phase('reserved', async () => proceed(1));
        await run.phase('reserved', async () => proceed(2));
        return order(run);
      },
      /two phases of one run are called reserved/,
    ],
    [
      'a phase called claimed',
      (run) => run.phase('claimed', async () => proceed(1)).then(() => order(run)),
      /before all/,
    ],
    ['a phase that needs quoting', (run) => run.phase('a b', async () => proceed(1)).then(() => order(run)), /no name/],
    [
      'a foreign call inside a transaction',
      (run) =>
        run.finish(async (tx) => {
          increment(tx, 'orders');
          await run.call('charge', async () => undefined);
          return settled({ orderId: 'o-1' });
        }),
      /charge inside the transaction of finish/,
    ],
    [
      'an answer over the limit',
      (run) =>
        run.finish(async (tx) => {
          increment(tx, 'orders');
          return settled(bigReceipt);
        }),
      /over the 65536 that fit/,
    ],
    [
      'a header with a line break in it',
      (run) => run.finish(async () => settled({ orderId: 'o-1' }, { Location: '/orders/1\r\nSet-Cookie: a=b' })),
      /the header location has a value that no header can have/,
    ],
    [
      'a header beyond Latin-1',
      (run) => run.finish(async () => settled({ orderId: 'o-1' }, { Location: '/müller/→' })),
      /the header location has a value that no header can have/,
    ],
    [
      'a header that may not be replayed',
      (run) =>
        run.finish(async (tx) => {
          increment(tx, 'orders');
          return settled({ orderId: 'o-1' }, { 'Set-Cookie': 'session=1' });
        }),
      /header set-cookie is not among those/,
    ],
    [
      'an output that is not JSON',
      (run) =>
        run.finish(async (tx) => {
          increment(tx, 'orders');
          return settled({ orderId: new Date(0) as unknown as string });
        }),
      /output\.orderId is an instance of Date/,
    ],
  ])('%s', async (_what, run, message) => {
    const { send, store, find } = workbench();
    await expect(send(payBy(run), null)).rejects.toThrow(message);
    expect(store.effect('orders')).toBeUndefined();
    expect(await find('checkout.pay')).toMatchObject({ state: { processingState: 'pending', leaseExpiresAt: null } });
  });

  it('an input that is not JSON, before the key is claimed', async () => {
    const { send, find } = workbench();
    await expect(send(payBy(order), { when: new Date(0) })).rejects.toThrow('input.when is an instance of Date');
    expect(await find('checkout.pay')).toBeUndefined();
  });

  it('anything after the answer was stored, which stands', async () => {
    const { send, store, said } = workbench();
    const pay = payBy(async (run) => {
      await order(run);
      return order(run);
    });
    await expect(send(pay, null)).rejects.toThrow('finish after the answer was stored');
    expect(await send(pay, null)).toMatchObject({ kind: 'final', replayed: true });
    expect(store.effect('orders')).toBe(1);
    expect(said()).toEqual(['executed', 'replayed']);
  });

  it.each([undefined, 0, 101, 200.5, 600])('the status %s, which no answer can have', async (status) => {
    const { send, store } = workbench({ statusOf: () => status as number });
    await expect(send(payBy(order), null)).rejects.toThrow(/is no status of an answer/);
    expect(store.effect('orders')).toBeUndefined();
  });

  it.each([204, 205, 304])('the status %s for a refusal, which has no body to say the reason in', async (status) => {
    const { send, store } = workbench({ statusOf: () => status });
    const decline = payBy((run) =>
      run.finish(async (tx) => {
        increment(tx, 'declines');
        return refused('card_declined');
      }),
    );
    await expect(send(decline, null)).rejects.toThrow('has no body, in which a refusal says why');
    expect(store.effect('declines')).toBeUndefined();
    expect(await send(payBy(order), null)).toMatchObject({ statusCode: status });
  });

  it('an ending other than the one that was stored', async () => {
    const { send } = workbench();
    const pay = payBy(async (run) => {
      await order(run);
      return refused('changed_my_mind');
    });
    await expect(send(pay, null)).rejects.toThrow('another ending than it stored');
    expect(await send(pay, null)).toMatchObject({ outcome: { kind: 'settled' }, replayed: true });
  });
});
