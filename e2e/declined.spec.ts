import { expect, test } from './fixtures.ts';
import { cards } from './shop-page.ts';

test('a declined card takes nothing, and another card then pays once under a new key', async ({
  shop,
  network,
  truth,
}) => {
  await shop.fillCheckout({ card: cards.declined });
  await shop.pay();
  await shop.reaches('declined');
  await expect(shop.alert).toContainText('declined');
  await truth.isUnpaid();
  await shop.chooseCard(cards.works);
  await shop.pay();
  await shop.showsReceipt();
  await truth.isPaidOnce();
  expect(network.sent).toHaveLength(2);
  expect(truth.keysSent()).toHaveLength(2);
});

test('a decline whose answer is lost is still a decline', async ({ shop, network, truth }) => {
  network.loseResponses(1);
  await shop.fillCheckout({ card: cards.insufficientFunds });
  await shop.pay();
  await shop.reaches('declined');
  await truth.isUnpaid();
  expect(truth.keysSent()).toHaveLength(1);
});
