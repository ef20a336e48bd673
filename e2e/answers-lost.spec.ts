import { expect, test } from './fixtures.ts';

test('charges once when nothing goes wrong', { tag: '@phone' }, async ({ shop, network, truth }) => {
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  await shop.showsBill({ requests: 1, charges: 1 });
  const order = await truth.isPaidOnce();
  await expect(shop.orderNumber).toHaveText(order.orderNumber);
  await expect(shop.receiptHeading).toBeFocused();
  expect(network.sent).toHaveLength(1);
});

test('charges once when the response is lost after the commit', { tag: '@phone' }, async ({ shop, network, truth }) => {
  network.loseResponses(1);
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  await shop.showsBill({ requests: 2, charges: 1 });
  await truth.isPaidOnce();
  expect(network.sent).toHaveLength(2);
  expect(truth.keysSent()).toHaveLength(1);
});

test('charges once when two responses are lost in a row', async ({ shop, network, truth }) => {
  network.loseResponses(2);
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  await shop.showsBill({ requests: 3, charges: 1 });
  await truth.isPaidOnce();
  expect(truth.keysSent()).toHaveLength(1);
});

test('charges once when the request is lost', async ({ shop, network, truth }) => {
  network.loseRequests(1);
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  await shop.showsBill({ requests: 1, charges: 1 });
  await truth.isPaidOnce();
  expect(network.sent).toHaveLength(2);
  expect(truth.keysSent()).toHaveLength(1);
});

test('charges once when the provider takes the money and its answer is lost', async ({ shop, sandbox, truth }) => {
  await sandbox.fault({
    operation: 'payment_intents.confirm',
    fault: 'drop_answer',
    match: { email: shop.email },
  });
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});
