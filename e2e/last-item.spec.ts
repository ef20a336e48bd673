import { expect, test } from './fixtures.ts';

test('the last item is sold to one of two browsers that buy it at once', async ({ buyer, secondBuyer, database }) => {
  const buyers = [buyer, secondBuyer];
  for (const { shop } of buyers) await shop.fillCheckout({ items: ['Last Print'] });
  await Promise.all(buyers.map(({ shop }) => shop.pay()));

  const isWinner = (index: number) => buyers[index]?.shop.receiptHeading.isVisible() ?? false;
  await expect(buyer.shop.receiptHeading.or(buyer.shop.alert)).toBeVisible();
  await expect(secondBuyer.shop.receiptHeading.or(secondBuyer.shop.alert)).toBeVisible();
  const [winner, loser] = (await isWinner(0)) ? [buyer, secondBuyer] : [secondBuyer, buyer];

  await winner.shop.showsReceipt();
  await winner.truth.isPaidOnce();
  await loser.shop.reaches('refused');
  await expect(loser.shop.alert).toContainText('Nothing was charged');
  await loser.truth.isUnpaid();
  expect(database.stock()['last-print']).toBe(0);
});
