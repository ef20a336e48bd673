import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Buyer, buyerAt } from './reconciling.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
let buyer: Buyer;
let hitsBefore: number;
beforeAll(async () => {
  shop = await startShop({ WORKERS: 'off' });
});
beforeEach(async () => {
  buyer = await buyerAt(shop);
  hitsBefore = await shop.faultHits();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

/** Until the next of the faults that were set has struck. */
async function struck(count: number): Promise<void> {
  await expect.poll(() => shop.faultHits(), { timeout: 5_000 }).toBe(hitsBefore + count);
}

/** Has the buyer's own key pay, to where the card is about to be charged. The answer comes when `paid` is awaited. */
async function heldAtItsConfirm() {
  await buyer.fault('confirm', 'delay', { delayMs: 2_500 });
  const paid = buyer.pay();
  const live = () => shop.rows("select 1 from payments where cart_id = ? and status = 'live'", buyer.cartId);
  await expect.poll(live).toHaveLength(1);
  return { paid };
}

async function expectOneCharge(): Promise<void> {
  expect(await buyer.charges()).toHaveLength(1);
  expect(buyer.orders()).toHaveLength(1);
}

describe('a key that would be refused while another pays the same cart is told of that payment, and not kept', () => {
  it.each([
    ['the total is not what was shown', 'tax.quote', { expectedTotalMinor: 1_000 }],
    ['the card cannot be used', 'payment_intents.create', { paymentMethod: 'pm_no_such_method' }],
  ])('as %s (%s)', async (_why, operation, wrong) => {
    const { cartId, customer } = buyer;
    const key = randomUUID();
    await shop.fault({ operation, fault: 'delay', delayMs: 1_500, match: { cartId } });
    const answer = customer.pay(key, { cartId, ...wrong });
    await struck(1);
    const { paid } = await heldAtItsConfirm();

    expect(await answer).toMatchObject({ status: 409, error: { reason: 'payment_in_progress' } });
    expect((await paid).status).toBe(200);
    expect((await customer.pay(key, { cartId })).error.reason).toBe('already_ordered');
    await expectOneCharge();
  });

  it('as the cart has moved since its intent was made', async () => {
    const { cartId, customer } = buyer;
    await buyer.fault('create', 'delay_answer', { delayMs: 1_000 });
    const answer = customer.pay(randomUUID(), { cartId });
    await struck(1);
    await customer.fillCart(['field-notes', 'enamel-mug'], cartId);
    await customer.fillCart(['field-notes'], cartId);
    await shop.fault({ operation: 'tax.quote', fault: 'delay', delayMs: 1_500, match: { cartId } });
    await struck(2);
    const { paid } = await heldAtItsConfirm();

    expect(await answer).toMatchObject({ status: 409, error: { reason: 'payment_in_progress' } });
    expect((await paid).status).toBe(200);
    await expectOneCharge();
  });
});
