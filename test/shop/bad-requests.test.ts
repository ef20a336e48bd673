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

const JSON_TYPE = { 'Content-Type': 'application/json' };
const KEY = { 'Idempotency-Key': '"a-key"' };

describe('a bad request is told so and changes nothing', () => {
  const validBody = (cartId: string) =>
    JSON.stringify({ cartId, paymentMethod: 'pm_card_visa', expectedTotalMinor: 2_490, email: 'guest@example.com' });

  it.each<[string, number, string, (cartId: string) => RequestInit & { path?: string }]>([
    ['no key', 400, 'idempotency_key_required', (cart) => ({ headers: JSON_TYPE, body: validBody(cart) })],
    [
      'a key of 300 characters',
      400,
      'idempotency_key_invalid',
      (cart) => ({ headers: { ...JSON_TYPE, 'Idempotency-Key': 'k'.repeat(300) }, body: validBody(cart) }),
    ],
    [
      'two keys',
      400,
      'idempotency_key_invalid',
      (cart) => ({ headers: { ...JSON_TYPE, 'Idempotency-Key': 'one, two' }, body: validBody(cart) }),
    ],
    ['malformed JSON', 400, 'malformed_request', () => ({ headers: { ...JSON_TYPE, ...KEY }, body: '{"cartId": ' })],
    ['an input without a cart', 400, 'invalid_input', () => ({ headers: { ...JSON_TYPE, ...KEY }, body: '{}' })],
    [
      'a body of 1 MB',
      413,
      'body_too_large',
      () => ({ headers: { ...JSON_TYPE, ...KEY }, body: JSON.stringify({ pad: 'x'.repeat(1_000_000) }) }),
    ],
    [
      'a text/plain body',
      415,
      'unsupported_media_type',
      (cart) => ({ headers: { 'Content-Type': 'text/plain', ...KEY }, body: validBody(cart) }),
    ],
    [
      'another site',
      403,
      'cross_site',
      (cart) => ({ headers: { ...JSON_TYPE, ...KEY, 'Sec-Fetch-Site': 'cross-site' }, body: validBody(cart) }),
    ],
    [
      'another origin',
      403,
      'cross_site',
      (cart) => ({ headers: { ...JSON_TYPE, ...KEY, Origin: 'https://elsewhere.example' }, body: validBody(cart) }),
    ],
    [
      'another method',
      405,
      'method_not_allowed',
      (cart) => ({ method: 'PUT', headers: JSON_TYPE, body: validBody(cart) }),
    ],
    [
      'a batch that holds a payment',
      400,
      'batch_not_allowed',
      (cart) => ({
        path: 'cart.put,checkout.pay?batch=1',
        headers: { ...JSON_TYPE, ...KEY },
        body: JSON.stringify({ 0: { cartId: cart, lines: [] }, 1: JSON.parse(validBody(cart)) }),
      }),
    ],
  ])('%s: %i %s', async (_what, status, reason, request) => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const before = everything();
    const { path = 'checkout.pay', ...init } = request(cartId);
    const answer = await customer.send(path, { method: 'POST', ...init });
    expect(answer).toMatchObject({ status, error: { reason, httpStatus: status, retryable: false } });
    expect(answer.error.requestId).toBe(answer.headers.get('X-Request-Id'));
    expect(everything()).toEqual(before);
  });

  it('takes a bare key and a quoted one for the same', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    const quoted = await customer.pay(key, { cartId });
    const bare = await customer.mutate('checkout.pay', JSON.parse(validBody(cartId)), { 'Idempotency-Key': key });
    expect(quoted.status).toBe(200);
    expect(bare.text).toBe(quoted.text);
  });

  it('an error that nobody expected says nothing of its cause', async () => {
    await using broken = await startShop();
    const customer = new Customer(broken);
    const cartId = await customer.fillCart();
    await broken.fault({ operation: 'charges.list', fault: 'error', status: 500, times: 1 });
    const answer = await customer.query('backstage.ledger', { cartId });
    expect(answer.status).toBe(500);
    expect(answer.error).toMatchObject({ reason: 'internal' });
    expect(answer.text).not.toMatch(/stripe|stack|sandbox/i);
  });
});

describe('a session', () => {
  it('is given by the first mutation, never by a query, and holds', async () => {
    const query = await fetch(`${shop.url}/api/trpc/catalog.list`);
    const mistaken = await fetch(`${shop.url}/api/trpc/cart.put`);
    expect(mistaken.status).toBe(405);
    for (const { headers } of [query, mistaken]) expect(headers.getSetCookie()).toEqual([]);
    const put = () =>
      fetch(`${shop.url}/api/trpc/cart.put`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ cartId: randomUUID(), lines: [] }),
      });
    const [cookie] = (await put()).headers.getSetCookie();
    expect(cookie).toMatch(/^payonce_session=[^;]+; Path=\/; HttpOnly; SameSite=Lax/);
  });

  it('that was forged is nobody', async () => {
    const response = await fetch(`${shop.url}/api/trpc/orders.list`, {
      headers: { Cookie: `payonce_session=${randomUUID()}.forged` },
    });
    expect(await response.json()).toMatchObject({ result: { data: { items: [] } } });
  });
});

describe('with the demo off', () => {
  it('what exists for the demonstration is not there', async () => {
    await using serious = await startShop({ DEMO: 'off' });
    const customer = new Customer(serious);
    const cartId = await customer.fillCart();
    expect((await customer.payUnprotected({ cartId })).status).toBe(404);
    expect((await customer.query('backstage.ledger')).status).toBe(404);
    expect(await serious.charges()).toEqual([]);
    expect((await customer.pay(randomUUID(), { cartId })).status).toBe(200);
  });
});

describe('a running shop', () => {
  it('writes with synchronous FULL', async () => {
    const answer = await fetch(`${shop.url}/api/health`);
    expect(await answer.json()).toEqual({
      live: true,
      ready: true,
      database: { journalMode: 'wal', synchronous: 'FULL' },
    });
  });

  it('sends one confirmation for a paid order', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const email = `${randomUUID()}@example.com`;
    const { data } = await customer.pay(randomUUID(), { cartId, email });
    const mailbox = async () => {
      const response = await fetch(`${shop.sandboxUrl}/mailbox?to=${email}`);
      return ((await response.json()) as { messages: Record<string, unknown>[] }).messages;
    };
    await expect.poll(mailbox, { timeout: 5_000 }).toHaveLength(1);
    expect((await mailbox())[0]).toMatchObject({
      messageId: `<order-${data.orderId}@payonce.example>`,
      subject: `Your order ${data.orderNumber}`,
      deliveries: 1,
    });
  });
});

/** What a refused request must leave as it was; a cart and its customer are of this test's own making. */
function everything() {
  return {
    carts: shop.rows('select * from carts order by cart_id'),
    keys: shop.rows('select * from idempotency_keys order by key'),
    payments: shop.rows('select * from payments order by attempt_id'),
    orders: shop.rows('select * from orders order by order_id'),
    products: shop.rows('select * from products order by sku'),
  };
}
