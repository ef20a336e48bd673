import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Customer } from './customer.ts';
import { type Buyer, buyerAt, type Reconciler, reconcilerOf } from './reconciling.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
let reconciler: Reconciler;
let buyer: Buyer;
beforeAll(async () => {
  // Nobody carries on what the tests leave lying but their own reconciler.
  shop = await startShop({ WORKERS: 'off' });
  reconciler = await reconcilerOf(shop);
});
beforeEach(async () => {
  buyer = await buyerAt(shop);
});
afterEach(() => shop.clearFaults());
afterAll(async () => {
  await reconciler[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

describe('two captures of one payment', () => {
  it('become one: that of the order stands, the other is given back, and the backstage says so', async () => {
    await buyer.payTwice();
    await reconciler.cycle();

    const [order] = buyer.orders();
    expect((await buyer.standing()).map(({ id }) => id)).toEqual([order?.charge_id]);
    const [spare] = (await buyer.charges()).filter(({ id }) => id !== order?.charge_id);
    const [refund, ...others] = await buyer.refundsOf(String(spare?.id));
    expect(others).toEqual([]);
    const { data } = await buyer.customer.query('backstage.ledger', { cartId: buyer.cartId });
    expect(data).toMatchObject({ orders: 1, charges: 2, reconciled: 1, moneyMinor: 4_980, refundedMinor: 2_490 });
    expect((data.rows as { reconciled: unknown[] }).reconciled).toMatchObject([
      { subjectId: spare?.id, found: 'second_capture', done: 'refunded', refundId: refund?.id, amountMinor: 2_490 },
    ]);
    expect(reconciler.alarms.filter((alarm) => alarm.startsWith(String(spare?.id)))).toHaveLength(2);
    expect((await new Customer(shop).query('backstage.ledger')).data).toMatchObject({ reconciled: 0 });
  });

  it('are refunded once by any number of reconcilers at the same time, and by later ones', async () => {
    await buyer.payTwice();
    await using second = await reconcilerOf(shop);
    await using third = await reconcilerOf(shop);
    const all = [reconciler, second, third];
    await Promise.all(all.map((one) => one.cycle()));
    await Promise.all(all.map((one) => one.cycle()));
    const spare = buyer.findings().map(({ subject_id }) => subject_id);
    expect(spare).toHaveLength(1);
    expect(await buyer.refundsOf(String(spare[0]))).toHaveLength(1);
    expect(await buyer.standing()).toHaveLength(1);
  });

  it.each([
    ['was never asked for', 'refuse'],
    ['was made and its answer lost', 'drop_answer'],
  ])('are refunded once by who comes after a crash that left the refund intended, when it %s', async (_when, what) => {
    await buyer.payTwice();
    await shop.fault({ operation: 'refunds.create', fault: what, match: { metadata: { found: 'second_capture' } } });
    // The look after it finds nobody either: what a crash leaves behind.
    await shop.fault({ operation: 'refunds.list', fault: 'refuse' });
    await reconciler.cycle();
    expect(buyer.findings()).toMatchObject([{ found: 'second_capture', done: 'refund_intended', refund_id: null }]);

    await using next = await reconcilerOf(shop);
    await next.cycle();
    const [spare] = buyer.findings();
    expect(spare).toMatchObject({ done: 'refunded' });
    expect((await buyer.refundsOf(String(spare?.subject_id))).map(({ id }) => id)).toEqual([spare?.refund_id]);
  });

  it('are refunded once when the process is gone while it asks for the refund', async () => {
    await buyer.payTwice();
    const dying = await reconcilerOf(shop);
    await shop.fault({ operation: 'refunds.create', fault: 'delay_answer', delayMs: 1_000 });
    const crashed = dying.cycle().catch(() => 'gone');
    await expect.poll(() => buyer.findings()).toMatchObject([{ done: 'refund_intended' }]);
    const chargeId = String(buyer.findings()[0]?.subject_id);
    await expect.poll(() => buyer.refundsOf(chargeId)).toHaveLength(1);
    // Nothing of it is written any more: it never learns what the provider has done.
    await dying.room.close();
    expect(await crashed).toBe('gone');
    expect(buyer.findings()).toMatchObject([{ done: 'refund_intended', refund_id: null }]);

    await reconciler.cycle();
    const [made, ...others] = await buyer.refundsOf(chargeId);
    expect(others).toEqual([]);
    expect(buyer.findings()).toMatchObject([{ done: 'refunded', refund_id: made?.id }]);
  });

  it('stay visible with the reason when the provider refuses the refund for good, and are tried again', async () => {
    await buyer.payTwice();
    await shop.fault({ operation: 'refunds.create', fault: 'error', status: 400, times: 2 });
    const before = reconciler.alarms.length;
    await reconciler.cycle();
    await reconciler.cycle();
    const told = reconciler.alarms.slice(before).filter((alarm) => alarm.includes('refuses the refund'));
    expect(told).toHaveLength(1);
    const { data } = await buyer.customer.query('backstage.ledger', { cartId: buyer.cartId });
    expect((data.rows as { reconciled: unknown[] }).reconciled).toMatchObject([
      { done: 'refund_intended', failure: expect.stringContaining('refuses the refund') },
    ]);

    await reconciler.cycle();
    expect(buyer.findings()).toMatchObject([{ done: 'refunded' }]);
    expect(await buyer.standing()).toHaveLength(1);
  });
});
