import { expect, test } from './fixtures.ts';
import { keysOf, watchCheckout } from './key-watch.ts';
import { cards } from './shop-page.ts';
import { ends } from './tab-ends.ts';
import { bothTabsPay, theOtherTabGoesOn } from './two-tab-stories.ts';
import { secondTab } from './two-tabs.ts';

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

test('while another tab pays, the form shows what it pays with', async ({ shop, network, context, truth }) => {
  await shop.fillCheckout({ card: cards.slowBank });
  const { shop: second } = await secondTab(context, 'somebody-else@example.com');
  network.holdTheRest();
  await shop.pay();
  await expect(second.status).toContainText('In another tab of yours');
  await expect(second.checkout.getByRole('textbox', { name: 'Email' })).toHaveValue(shop.email);
  await expect(second.checkout.getByRole('radio', { name: new RegExp(cards.slowBank) })).toBeChecked();
  await network.letEverythingArrive();
  await second.showsReceipt();
  await truth.isPaidOnce();
});

test('two tabs that tap Pay before either hears of the other pay once, under one key', ({
  shop,
  network,
  context,
  truth,
}) => bothTabsPay({ shop, network, context, truth }));

for (const [name, end] of ends) {
  test(`when the tab that pays ${name}, the other takes the payment up under the same key`, ({
    shop,
    network,
    context,
    truth,
  }) => theOtherTabGoesOn({ shop, network, context, truth }, end));
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
