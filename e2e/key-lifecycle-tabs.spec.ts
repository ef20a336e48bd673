import { expect, test } from './fixtures.ts';
import { areOfOneSender, keysOf, tapsIn, watchCheckout } from './key-watch.ts';
import { cards } from './shop-page.ts';
import { ends } from './tab-ends.ts';
import { secondTab, tapTogether } from './two-tabs.ts';

test('a second tab shows the payment of the first as it goes, and arrives at the same receipt', async ({
  shop,
  network,
  context,
  truth,
}) => {
  const calls = watchCheckout(context);
  await shop.fillCheckout();
  const { shop: second } = await secondTab(context, shop.email);
  network.holdTheRest();
  await shop.pay();
  await second.reaches(/sending|no_answer|retrying/);
  await expect(second.status).toContainText('In another tab of yours');
  await expect(second.payButton).toHaveCount(0);
  await second.checkout.getByRole('button', { name: 'Paying…' }).dispatchEvent('click');
  await network.letEverythingArrive();
  await shop.showsReceipt();
  await second.showsReceipt();
  expect(await second.orderNumber.textContent()).toBe(await shop.orderNumber.textContent());
  expect(keysOf(calls.filter(({ procedure }) => procedure === 'pay'))).toHaveLength(1);
  await truth.isPaidOnce();
});

test('two tabs that tap Pay before either hears of the other pay once, under one key', async ({
  shop,
  network,
  context,
  truth,
}) => {
  const calls = watchCheckout(context);
  await shop.fillCheckout();
  const second = await secondTab(context, shop.email);
  await tapTogether([{ shop, network }, second]);
  await shop.showsReceipt();
  await second.shop.showsReceipt();
  expect(await second.shop.orderNumber.textContent()).toBe(await shop.orderNumber.textContent());
  expect(await Promise.all([shop, second.shop].map(({ page }) => tapsIn(page)))).toEqual([1, 1]);
  network.sent.push(...second.network.sent);
  expect(keysOf(calls)).toHaveLength(1);
  expect(areOfOneSender(calls)).toBe(true);
  await truth.isPaidOnce();
});

for (const [name, end] of ends) {
  test(`when the tab that pays ${name}, the other takes the payment up under the same key`, async ({
    shop,
    network,
    context,
    truth,
  }) => {
    const calls = watchCheckout(context);
    await shop.fillCheckout();
    const second = await secondTab(context, shop.email);
    network.loseRequests(1);
    network.holdTheRest();
    await shop.pay();
    await network.hasSent(2);
    await second.shop.reaches('retrying');
    // What is held when a tab ends may still leave it: the other tab cannot know, and asks.
    await end(shop.page);
    await second.shop.showsReceipt();
    network.sent.push(...second.network.sent);
    expect(keysOf(calls)).toHaveLength(1);
    await truth.isPaidOnce();
  });
}

test('a decline is shown in both tabs, and either may pay with another card', async ({ shop, context, truth }) => {
  await shop.fillCheckout({ card: cards.declined });
  const { shop: second } = await secondTab(context, shop.email);
  await shop.pay();
  await shop.reaches('declined');
  await second.reaches('declined');
  await second.chooseCard(cards.works);
  await second.pay();
  await second.showsReceipt();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});
