import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

const SECOND_BUYER = { 'Payonce-Demo-Buyer': 'second' };

describe('a tax service that is down for one cart', () => {
  it('refuses that cart so many times and nobody else', async () => {
    const customer = new Customer(shop);
    const [cartId, otherCartId] = [await customer.fillCart(), await customer.fillCart()];
    expect((await customer.mutate('backstage.scenario.taxDown', { cartId, calls: 4 })).status).toBe(200);

    expect((await customer.pay(randomUUID(), { cartId: otherCartId })).status).toBe(200);
    const key = randomUUID();
    const down = await customer.pay(key, { cartId });
    expect([down.status, down.error.reason]).toEqual([503, 'tax_unavailable']);
    expect((await customer.pay(key, { cartId })).status).toBe(200);
  });

  it('is not for a cart of somebody else', async () => {
    const cartId = await new Customer(shop).fillCart();
    const stranger = new Customer(shop);
    await stranger.fillCart();
    expect((await stranger.mutate('backstage.scenario.taxDown', { cartId, calls: 4 })).status).toBe(404);
  });

  it('leaves the bank of somebody else as it is, too', async () => {
    const cartId = await new Customer(shop).fillCart();
    const stranger = new Customer(shop);
    await stranger.fillCart();
    expect((await stranger.mutate('backstage.scenario.slowBank', { cartId })).status).toBe(404);
  });

  it('lasts no longer than eight calls', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const answer = await customer.mutate('backstage.scenario.taxDown', { cartId, calls: 9 });
    expect(answer.error.reason).toBe('invalid_input');
  });
});

describe('a second buyer', () => {
  it('has carts, keys and orders apart from the first', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    await customer.mutate('cart.put', { cartId, lines: [{ sku: 'brass-pen', quantity: 2 }] }, SECOND_BUYER);
    expect((await customer.query('cart.get', { cartId })).data.lines).toEqual([{ sku: 'field-notes', quantity: 1 }]);

    const key = randomUUID();
    expect((await customer.pay(key, { cartId })).status).toBe(200);
    const status = await customer.send(`checkout.status?input=${input({ idempotencyKey: key })}`, {
      headers: SECOND_BUYER,
    });
    expect(status.data.state).toBe('never_seen');
  });

  it('is another one for each customer', async () => {
    const [one, other] = [new Customer(shop), new Customer(shop)];
    const cartId = randomUUID();
    await other.fillCart();
    await one.mutate('cart.put', { cartId, lines: [{ sku: 'brass-pen', quantity: 2 }] }, SECOND_BUYER);
    const seen = await other.send(`cart.get?input=${input({ cartId })}`, { headers: SECOND_BUYER });
    expect(seen.status).toBe(404);
  });
});

describe('a delivery', () => {
  it('brings back what is sold out and takes nothing away', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart(['last-print']);
    const { data } = await customer.pay(randomUUID(), { cartId, expectedTotalMinor: 6_600 });
    expect(shop.stockOf('last-print')).toBe(0);
    await customer.mutate('backstage.scenario.restock', undefined);
    expect(shop.stockOf('last-print')).toBe(1);
    await customer.mutate('backstage.scenario.restock', undefined);
    expect(shop.stockOf('last-print')).toBe(1);
    expect(shop.rows('select delivered from products where sku = ?', 'last-print')).toEqual([{ delivered: 1 }]);

    const refund = { 'Idempotency-Key': `"${randomUUID()}"` };
    expect((await customer.mutate('orders.refund', { orderId: data.orderId }, refund)).status).toBe(200);
    await customer.mutate('backstage.scenario.restock', undefined);
    expect(shop.stockOf('last-print')).toBe(2);
  });
});

describe('a start from the beginning', () => {
  it('makes another customer of the visitor and deletes nothing', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const { data } = await customer.pay(randomUUID(), { cartId });
    await customer.mutate('backstage.scenario.startOver', undefined);
    expect((await customer.query('orders.list')).data.items).toEqual([]);
    expect((await customer.query('backstage.ledger')).data).toMatchObject({ requests: 0, charges: 0 });
    expect(shop.rows('select order_id from orders where cart_id = ?', cartId)).toEqual([{ order_id: data.orderId }]);
  });
});

describe('a shop that is to be killed', () => {
  it('is killed for nobody when nothing would start it again, or when the visitor came through a proxy', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const proxied = await customer.send('backstage.scenario.mayKill', {
      headers: { 'X-Forwarded-For': '203.0.113.7' },
    });
    expect(proxied.data).toEqual({ mayKill: false });
    const asked = await customer.mutate('backstage.scenario.killAfterCharge', { cartId }, { Via: '1.1 proxy' });
    expect(asked.status).toBe(404);
    expect((await customer.pay(randomUUID(), { cartId })).status).toBe(200);
  });
});

it('none of it is there without the demo', async () => {
  await using real = await startShop({ DEMO: 'off' });
  const customer = new Customer(real);
  const cartId = await customer.fillCart();
  for (const [procedure, given] of [
    ['taxDown', { cartId, calls: 1 }],
    ['slowBank', { cartId }],
    ['killAfterCharge', { cartId }],
    ['restock', undefined],
    ['startOver', undefined],
  ] as const) {
    expect((await customer.mutate(`backstage.scenario.${procedure}`, given)).status, procedure).toBe(404);
  }
  await customer.mutate('cart.put', { cartId, lines: [{ sku: 'brass-pen', quantity: 2 }] }, SECOND_BUYER);
  expect((await customer.query('cart.get', { cartId })).data.lines).toEqual([{ sku: 'brass-pen', quantity: 2 }]);
});

function input(value: unknown): string {
  return encodeURIComponent(JSON.stringify(value));
}
