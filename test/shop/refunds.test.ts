import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Customer, tally } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop();
});
afterEach(() => shop.clearFaults());
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

/** A client gives up long before this; more tries would only hide an answer that never comes. */
const TRIES_MAX = 4;

async function boughtBy(customer: Customer, isProtected = true) {
  const cartId = await customer.fillCart();
  const stock = shop.stockOf('field-notes');
  const paid = isProtected ? await customer.pay(randomUUID(), { cartId }) : await customer.payUnprotected({ cartId });
  expect(paid.status).toBe(200);
  return { orderId: String(paid.data.orderId), chargeId: String(paid.data.chargeId), stock };
}

const refund = (customer: Customer, orderId: string, key: string = randomUUID()) =>
  customer.mutate('orders.refund', { orderId }, { 'Idempotency-Key': `"${key}"` });

async function providerRefunds(chargeId: string) {
  const response = await fetch(`${shop.sandboxUrl}/v1/refunds?charge=${chargeId}`, {
    headers: { Authorization: 'Bearer sk_test_sandbox' },
  });
  return ((await response.json()) as { data: { id: string; amount: number }[] }).data;
}

const mailsAbout = (orderId: string) =>
  shop.rows<{ n: number }>(
    "select count(*) n from outbox where order_id = ? and kind = 'refund_confirmation'",
    orderId,
  )[0]?.n;

describe('orders.refund', () => {
  it.each([
    ['a protected', true],
    ['an unprotected', false],
  ])('gives the money of %s order back once, restocks, and writes one mail', async (_what, isProtected) => {
    const customer = new Customer(shop);
    const { orderId, chargeId, stock } = await boughtBy(customer, isProtected);
    const key = randomUUID();

    const first = await refund(customer, orderId, key);
    const [made, ...others] = await providerRefunds(chargeId);
    expect(others).toEqual([]);
    expect(first.status).toBe(200);
    expect(first.data).toEqual({
      refundId: made?.id,
      orderId,
      amountMinor: 2_490,
      currency: 'eur',
      status: 'refunded',
      refundedAt: expect.any(Number),
    });

    const again = await refund(customer, orderId, key);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await providerRefunds(chargeId)).toHaveLength(1);
    expect(shop.stockOf('field-notes')).toBe(stock);
    expect(mailsAbout(orderId)).toBe(1);
    expect((await customer.query('orders.get', { orderId })).data.status).toBe('refunded');
  });

  it('happens once when twenty keys ask for it at the same time', async () => {
    const customer = new Customer(shop);
    const { orderId, chargeId, stock } = await boughtBy(customer);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refund(customer, orderId)));
    expect(tally(answers)).toEqual({ 200: 1, already_refunded: 19 });
    expect(await providerRefunds(chargeId)).toHaveLength(1);
    expect(shop.stockOf('field-notes')).toBe(stock);
    expect(mailsAbout(orderId)).toBe(1);
  });

  it('says under another key that the order is refunded, and keeps no answer for that key', async () => {
    const customer = new Customer(shop);
    const { orderId } = await boughtBy(customer);
    await refund(customer, orderId);
    const key = randomUUID();
    expect(await refund(customer, orderId, key)).toMatchObject({
      status: 409,
      error: { reason: 'already_refunded', retryable: false },
    });
    const other = await boughtBy(customer);
    expect((await refund(customer, other.orderId, key)).status).toBe(200);
  });

  it("finds no order of another customer's, and takes no request without a key", async () => {
    const owner = new Customer(shop);
    const { orderId, chargeId } = await boughtBy(owner);
    const stranger = new Customer(shop);
    expect((await refund(stranger, orderId)).error.reason).toBe('not_found');
    expect((await owner.mutate('orders.refund', { orderId })).error.reason).toBe('idempotency_key_required');
    expect(await providerRefunds(chargeId)).toEqual([]);
  });
});

describe('a refund comes to its end', () => {
  const FAULTS = [
    { fault: 'refuse' },
    { fault: 'drop_answer' },
    { fault: 'answer_twice' },
    { fault: 'forget_keys' },
    { fault: 'rate_limit', retryAfter: 'soon' },
    ...[400, 401, 404, 409, 500, 503].map((status) => ({ fault: 'error', status })),
    { fault: 'error', status: 500, saved: true },
    { fault: 'error_after', status: 500 },
  ];

  it.each(FAULTS)('with one refund when the provider does this once: %j', async (fault) => {
    const customer = new Customer(shop);
    const { orderId, chargeId, stock } = await boughtBy(customer);
    await shop.fault({ operation: 'refunds.create', ...fault });
    const key = randomUUID();
    const answers = [await refund(customer, orderId, key)];
    while (answers.at(-1)?.status !== 200 && answers.length < TRIES_MAX) {
      expect(answers.at(-1)?.status).toBe(503);
      answers.push(await refund(customer, orderId, key));
    }
    expect(answers.at(-1)?.status).toBe(200);
    expect(await providerRefunds(chargeId)).toHaveLength(1);
    expect(shop.stockOf('field-notes')).toBe(stock);
    expect(mailsAbout(orderId)).toBe(1);
  });

  it('without its client, when the answer was lost and the ledger could not be read', async () => {
    const customer = new Customer(shop);
    const { orderId, chargeId } = await boughtBy(customer);
    await shop.fault({ operation: 'refunds.create', fault: 'drop_answer' });
    await shop.fault({ operation: 'refunds.list', fault: 'refuse' });
    expect(await refund(customer, orderId)).toMatchObject({
      status: 503,
      error: { reason: 'payment_outcome_unknown', retryable: true },
    });
    // The provider has it and we do not know: another key waits for that to be known.
    expect((await refund(customer, orderId)).error.reason).toBe('already_refunded');
    await expect
      .poll(async () => (await customer.query('orders.get', { orderId })).data.status, { timeout: 10_000 })
      .toBe('refunded');
    expect(await providerRefunds(chargeId)).toHaveLength(1);
    expect(mailsAbout(orderId)).toBe(1);
  });
});
