import { expect, test } from './fixtures.ts';
import { cards } from './shop-page.ts';
import { statesOf, writeDown } from './what-was-said.ts';

test('finds the payment again after a reload in the middle of it', async ({ shop, network, truth, database }) => {
  await shop.fillCheckout({ card: cards.slowBank });
  await shop.pay();
  await network.hasSent(1);
  await expect.poll(() => database.keys(truth.cartId)).toHaveLength(1);
  await shop.page.reload();
  await shop.showsReceipt();
  await truth.isPaidOnce();
  expect(truth.keysSent()).toHaveLength(1);
});

test('finds the payment again after a reload that lost its answer', async ({ shop, network, truth }) => {
  network.loseResponses(1);
  network.holdTheRest();
  await shop.fillCheckout();
  await shop.pay();
  await network.hasSent(2);
  await shop.page.reload();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});

test('finds the payment again when the page is reloaded between the answer and the receipt', async ({
  shop,
  truth,
}) => {
  const receipts = '**/orders/**';
  await shop.fillCheckout();
  const asked = new Promise<void>((resolve) => shop.page.route(receipts, () => resolve()));
  await shop.pay();
  await asked;
  await shop.page.unroute(receipts);
  await shop.page.reload();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});

test('sends nothing while offline and pays once when back', async ({ shop, context, network, truth, database }) => {
  await shop.fillCheckout();
  await context.setOffline(true);
  await shop.pay();
  await shop.reaches('offline');
  for (const { input } of network.sent) expect(database.keys(input.cartId)).toEqual([]);
  await context.setOffline(false);
  await shop.showsReceipt();
  await truth.isPaidOnce();
  expect(truth.keysSent()).toHaveLength(1);
});

test('charges once when the bank is slower than the client waits', async ({ shop, network, truth }) => {
  await shop.fillCheckout({ card: cards.slowBank });
  const said = await writeDown(shop.page);
  await shop.pay();
  await shop.showsReceipt();
  await truth.isPaidOnce();
  expect(network.sent.length).toBeGreaterThan(1);
  expect(statesOf(await said())).toEqual(expect.arrayContaining(['sending', 'no_answer', 'retrying']));
  expect(truth.keysSent()).toHaveLength(1);
});

test('shows the receipt, not the checkout, when the buyer goes back after paying', async ({ shop, truth, network }) => {
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  await shop.page.goBack();
  await expect(shop.payButton).toHaveCount(0);
  await truth.isPaidOnce();
  expect(network.sent).toHaveLength(1);
});
