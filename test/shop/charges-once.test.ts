import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer, tally } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

const chargesOf = async (cartId: string) =>
  (await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId).length;
const ordersOf = (cartId: string) => shop.rows('select * from orders where cart_id = ?', cartId);

describe('one key', () => {
  it('executes once for 50 requests at the same time, and everybody else is told to wait or gets the same answer', async () => {
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'delay', delayMs: 200, times: 0 });
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const stockBefore = shop.stockOf('field-notes');
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => customer.pay(key, { cartId })));
    await shop.clearFaults();

    const paid = answers.filter(({ status }) => status === 200);
    const waiting = answers.filter(({ error }) => error.reason === 'idempotency_key_in_use');
    expect(paid.length).toBeGreaterThan(0);
    expect(waiting.length).toBeGreaterThan(0);
    expect(paid.length + waiting.length).toBe(50);
    expect(new Set(paid.map(({ text }) => text)).size).toBe(1);
    expect(paid.filter(({ headers }) => !headers.has('Idempotent-Replayed'))).toHaveLength(1);
    for (const answer of waiting) {
      expect(answer.status).toBe(409);
      expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    }
    expect(await chargesOf(cartId)).toBe(1);
    expect(ordersOf(cartId)).toHaveLength(1);
    expect(shop.stockOf('field-notes')).toBe(stockBefore - 1);

    const replay = await customer.pay(key, { cartId });
    expect(replay.text).toBe(paid[0]?.text);
    expect(replay.headers.get('Idempotent-Replayed')).toBe('true');
    expect(replay.headers.get('Idempotency-Expires')).toMatch(/GMT$/);
    expect(replay.headers.getSetCookie()).toEqual([]);
    expect(replay.headers.get('Cache-Control')).toBe('no-store');
    expect(replay.headers.get('X-Request-Id')).not.toBe(paid[0]?.headers.get('X-Request-Id'));
  });

  it('is refused with another amount while the first runs and after it, and changes nothing', async () => {
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'delay', delayMs: 400 });
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    const first = customer.pay(key, { cartId });
    await untilClaimed(key);
    const during = await customer.pay(key, { cartId, expectedTotalMinor: 2_491 });
    const { status } = await first;
    const after = await customer.pay(key, { cartId, expectedTotalMinor: 2_491 });

    expect(status).toBe(200);
    for (const answer of [during, after]) {
      expect(answer).toMatchObject({ status: 409, error: { reason: 'idempotency_key_reused', retryable: false } });
    }
    expect(await chargesOf(cartId)).toBe(1);
  });

  it('of another customer is another key', async () => {
    const key = randomUUID();
    const [ada, bob] = [new Customer(shop), new Customer(shop)];
    const [adasCart, bobsCart] = [await ada.fillCart(), await bob.fillCart(['enamel-mug'])];
    const adas = await ada.pay(key, { cartId: adasCart });
    const bobs = await bob.pay(key, { cartId: bobsCart, expectedTotalMinor: 1_740 });
    expect([adas.status, bobs.status]).toEqual([200, 200]);
    expect(bobs.headers.has('Idempotent-Replayed')).toBe(false);
    expect(bobs.data.orderId).not.toBe(adas.data.orderId);
    expect((await bob.query('orders.get', { orderId: adas.data.orderId })).error.reason).toBe('not_found');
    // Cut off by whoever copied it, it is no less an order that is not there.
    const cutOff = String(adas.data.orderId).slice(0, -1);
    expect((await ada.query('orders.get', { orderId: cutOff })).error.reason).toBe('not_found');
    expect((await bob.query('checkout.status', { idempotencyKey: key })).data).toMatchObject({
      state: 'settled',
      result: { orderId: bobs.data.orderId },
    });
  });
});

describe('one cart', () => {
  it('is captured once for 20 keys at the same time, and cannot be edited meanwhile', async () => {
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'delay', delayMs: 400, times: 0 });
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const keys = Array.from({ length: 20 }, () => randomUUID());
    const paying = Promise.all(keys.map((key) => customer.pay(key, { cartId })));
    await expect.poll(() => shop.rows('select 1 from payments where cart_id = ?', cartId)).toHaveLength(1);
    const edit = await customer.mutate('cart.put', { cartId, lines: [{ sku: 'brass-pen', quantity: 1 }] });
    const answers = await paying;
    await shop.clearFaults();

    expect(edit).toMatchObject({ status: 409, error: { reason: 'payment_in_progress' } });
    const { 200: paid, payment_in_progress: busy = 0, already_ordered: ordered = 0, ...others } = tally(answers);
    expect(paid).toBe(1);
    expect(busy + ordered).toBe(19);
    expect(others).toEqual({});
    expect(await chargesOf(cartId)).toBe(1);

    const later = await customer.pay(randomUUID(), { cartId });
    const [order] = ordersOf(cartId);
    expect(later).toMatchObject({ status: 409, error: { reason: 'already_ordered', orderId: order?.order_id } });
  });
});

describe('the last item', () => {
  it('is sold once to 50 buyers, and the other 49 are told it is gone', async () => {
    const buyers = Array.from({ length: 50 }, () => new Customer(shop));
    const carts = await Promise.all(buyers.map((buyer) => buyer.fillCart(['last-print'])));
    const answers = await Promise.all(
      buyers.map((buyer, at) => buyer.pay(randomUUID(), { cartId: carts[at] ?? '', expectedTotalMinor: 6_600 })),
    );
    expect(tally(answers)).toEqual({ 200: 1, out_of_stock: 49 });
    expect(shop.stockOf('last-print')).toBe(0);
    const charges = (await shop.charges()).filter(({ metadata }) => carts.includes(metadata.cart_id ?? ''));
    expect(charges).toHaveLength(1);
  });
});

describe('without protection', () => {
  it('the same call twice charges twice', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const answers = [await customer.payUnprotected({ cartId }), await customer.payUnprotected({ cartId })];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await chargesOf(cartId)).toBe(2);
    expect((await customer.query('backstage.ledger', { cartId })).data).toMatchObject({
      requests: 2,
      charges: 2,
      orders: 2,
      moneyMinor: 4_980,
    });
  });
});

function untilClaimed(key: string) {
  return expect.poll(() => shop.rows('select 1 from idempotency_keys where key = ?', key)).toHaveLength(1);
}
