import type { APIResponse } from '@playwright/test';
import type { Buyer } from './fixtures.ts';
import { expect, test } from './fixtures.ts';
import { cards } from './shop-page.ts';

test('a key reused with another amount is refused and changes nothing, while it runs and after', async ({
  buyer,
  database,
}) => {
  const { shop, truth, network } = buyer;
  await shop.fillCheckout({ card: cards.slowBank });
  await shop.pay();
  await expect.poll(() => database.keys(network.sent[0]?.input.cartId ?? '')).toHaveLength(1);
  await isRefusedAsReused(await sendAgain(buyer, { expectedTotalMinor: 1 }));
  await shop.showsReceipt();
  await truth.isPaidOnce();
  await isRefusedAsReused(await sendAgain(buyer, { expectedTotalMinor: 1 }));
  await truth.isPaidOnce();
});

test('the same key with the same content gets the stored answer, marked as replayed', async ({ buyer }) => {
  const { shop, truth } = buyer;
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  const order = await truth.isPaidOnce();
  const [first, second] = [await sendAgain(buyer, {}), await sendAgain(buyer, {})];
  for (const answer of [first, second]) {
    expect(answer.status()).toBe(200);
    expect(answer.headers()['idempotent-replayed']).toBe('true');
  }
  expect(await first.text()).toBe(await second.text());
  expect((await first.json()).result.data).toMatchObject({ orderId: order.orderId, chargeId: order.chargeId });
  await truth.isPaidOnce();
});

test("another customer's use of the same key is a payment of its own", async ({ buyer, secondBuyer, database }) => {
  await buyer.shop.fillCheckout();
  await buyer.shop.pay();
  await buyer.shop.showsReceipt();
  const order = await buyer.truth.isPaidOnce();
  await secondBuyer.shop.page.goto('/');
  const answer = await sendAgain(buyer, {}, secondBuyer);
  expect(answer.status()).toBe(404);
  expect((await answer.json()).error.data.reason).toBe('not_found');
  expect(database.orders(buyer.truth.cartId)).toEqual([order]);
  await buyer.truth.isPaidOnce();
});

/** What the page sent, sent again by hand with the buyer's cookie (or another's), past the page's own client. */
async function sendAgain(buyer: Buyer, change: object, as = buyer): Promise<APIResponse> {
  const [sent] = buyer.network.sent;
  expect(sent).toBeDefined();
  return as.shop.page.request.post('/api/trpc/checkout.pay', {
    headers: { 'idempotency-key': sent?.idempotencyKey ?? '' },
    data: { ...sent?.input, ...change },
  });
}

async function isRefusedAsReused(answer: APIResponse): Promise<void> {
  expect(answer.status()).toBe(409);
  expect((await answer.json()).error.data).toMatchObject({ reason: 'idempotency_key_reused', retryable: false });
}
