import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Customer } from './customer.ts';
import { EventReader } from './event-reader.ts';
import { type RunningShop, startShop } from './running-shop.ts';

async function watchAs(shop: RunningShop, customer?: Customer): Promise<EventReader> {
  return EventReader.open(`${shop.url}/api/trpc/backstage.watch`, customer?.cookie);
}

/** What a window that opens now is told first, and closes. */
async function firstWord(shop: RunningShop, customer: Customer): Promise<string | undefined> {
  await using watch = await watchAs(shop, customer);
  await watch.next();
  return (await watch.next())?.name;
}

describe('the backstage, watched', () => {
  it('is whole at first, and again when something has happened, without being asked', async () => {
    await using shop = await startShop();
    const ada = new Customer(shop);
    const cartId = await ada.fillCart();
    await using watch = await watchAs(shop, ada);
    expect(watch.response.headers.get('content-type')).toContain('text/event-stream');
    expect(watch.response.headers.get('cache-control')).toBe('no-store, no-transform');

    const before = await watch.until(({ isProviderKnown }) => isProviderKnown);
    expect(before.total).toMatchObject({ requests: 0, charges: 0, orders: 0 });

    await ada.pay('k-1', { cartId });
    await ada.pay('k-1', { cartId });
    const after = await watch.until(
      ({ total, messages }) => total.requests === 2 && total.charges === 1 && messages[0]?.deliveries === 1,
    );
    expect(after.total).toMatchObject({ executions: 1, replays: 1, orders: 1, stockTaken: 1, moneyMinor: 2490 });
    expect(after.carts).toEqual([expect.objectContaining({ cartId, requests: 2, charges: 1 })]);
    expect(after.checks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'one_charge_per_cart holds',
      'one_order_per_cart holds',
      'money_adds_up holds',
      'stock_adds_up holds',
      'one_email_per_order holds',
      'answers_stand holds',
    ]);
  });

  it('shows the key with its state, its recovery point and its stored answer, and never the key itself', async () => {
    await using shop = await startShop();
    const ada = new Customer(shop);
    const cartId = await ada.fillCart();
    await using watch = await watchAs(shop, ada);
    const paying = ada.pay('my-secret-key', { cartId, paymentMethod: 'pm_card_slowBank' });

    const during = await watch.until(({ keys }) => keys[0]?.recoveryPoint === 'reserved');
    expect(during.keys[0]).toMatchObject({ state: 'pending', answer: null, payment: { cartId, status: 'live' } });
    expect(during.keys[0]?.leaseExpiresAt).toBeGreaterThan(during.now);
    expect(during.stock.find(({ sku }) => sku === 'field-notes')).toMatchObject({ stock: 199, reserved: 1, sold: 0 });

    const answer = await paying;
    const after = await watch.until(({ keys, requests }) => keys[0]?.state === 'completed' && requests.length === 1);
    expect(after.keys[0]).toMatchObject({
      recoveryPoint: 'reserved',
      leaseExpiresAt: null,
      requestsSeen: 1,
      replaysServed: 0,
      takeovers: 0,
      payment: { status: 'paid' },
      answer: { statusCode: 200, outcome: { kind: 'settled', output: { orderId: answer.data.orderId } } },
    });
    expect(JSON.stringify([during, after])).not.toContain('my-secret-key');
  }, 30_000);

  it('says in words that a cart was charged three times without protection', async () => {
    await using shop = await startShop();
    const ada = new Customer(shop);
    const cartId = await ada.fillCart();
    await using watch = await watchAs(shop, ada);
    for (let time = 0; time < 3; time += 1) await ada.payUnprotected({ cartId });
    const { checks } = await watch.until(({ total, requests }) => total.charges === 3 && requests.length === 3);
    expect(checks.filter(({ verdict }) => verdict === 'broken')).toEqual([
      { name: 'one_charge_per_cart', verdict: 'broken', found: 3, expected: 1 },
      { name: 'one_order_per_cart', verdict: 'broken', found: 3, expected: 1 },
    ]);
  });

  it('is each customer’s own', async () => {
    await using shop = await startShop();
    const [ada, bob] = [new Customer(shop), new Customer(shop)];
    const [adasCart] = await Promise.all([ada.fillCart(), bob.fillCart(['enamel-mug'])]);
    await using bobs = await watchAs(shop, bob);
    await ada.pay('k-1', { cartId: adasCart });
    // What Ada bought is off the shelf, which Bob may see; nothing else of it is his to know.
    const seen = await bobs.until(({ stock }) => stock.find(({ sku }) => sku === 'field-notes')?.sold === 1);
    expect({ ...seen, stock: [] }).toMatchObject({ requests: [], keys: [], orders: [], charges: [], messages: [] });
  });

  it('says that the provider cannot be asked, and what it said last', async () => {
    await using shop = await startShop();
    const ada = new Customer(shop);
    const cartId = await ada.fillCart();
    await ada.pay('k-1', { cartId });
    await using watch = await watchAs(shop, ada);
    await watch.until(({ total }) => total.charges === 1);
    await shop.fault({ operation: 'charges.list', fault: 'error', status: 503, times: 100 });
    await ada.pay('k-1', { cartId });
    const seen = await watch.until(({ isProviderKnown }) => !isProviderKnown);
    expect(seen.total.charges).toBe(1);
    expect(seen.checks[0]).toMatchObject({ name: 'one_charge_per_cart', verdict: 'unknown' });
  });
});

describe('watching is bounded', () => {
  it('serves three windows of one customer, and a fourth when one of them has left', async () => {
    await using shop = await startShop();
    const ada = new Customer(shop);
    await ada.fillCart();
    const windows = await Promise.all([1, 2, 3].map(() => watchAs(shop, ada)));
    for (const window of windows) await window.until(() => true);

    await using fourth = await watchAs(shop, ada);
    expect((await fourth.next())?.name).toBe('connected');
    const refusal = await fourth.next();
    expect(refusal).toMatchObject({ name: 'serialized-error', data: { data: { reason: 'too_many_watches' } } });

    windows[0]?.hangUp();
    await expect.poll(() => firstWord(shop, ada)).toBe('message');
    for (const window of windows) window.hangUp();
  });

  it('gives its place back when its connection closes before its turn to be answered on it', async () => {
    await using shop = await startShop();
    const ada = new Customer(shop);
    await ada.fillCart();
    const watching = `GET /api/trpc/backstage.watch HTTP/1.1\r\nHost: shop\r\nCookie: ${ada.cookie}\r\n\r\n`;
    const socket = connect(Number(new URL(shop.url).port), '127.0.0.1', () => socket.write(watching.repeat(3)));
    await expect.poll(() => firstWord(shop, ada), { timeout: 5_000 }).toBe('serialized-error');
    socket.destroy();
    const three = () => Promise.all([1, 2, 3].map(() => firstWord(shop, ada)));
    await expect.poll(three, { timeout: 5_000 }).toEqual(['message', 'message', 'message']);
  });

  it('ends at once for somebody without a cookie, who will be somebody else at the next request', async () => {
    await using shop = await startShop();
    await using watch = await watchAs(shop);
    const names = [];
    for (let event = await watch.next(); event; event = await watch.next()) names.push(event.name);
    expect(names).toEqual(['connected', 'message', 'return']);
  });

  it('is not there when the demo is off', async () => {
    await using shop = await startShop({ DEMO: 'off' });
    await using watch = await watchAs(shop);
    await watch.next();
    expect(await watch.next()).toMatchObject({ name: 'serialized-error', data: { data: { reason: 'not_found' } } });
  });
});
