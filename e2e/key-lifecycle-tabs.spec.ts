import type { BrowserContext } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { holdPayments, keysOf, watchCheckout } from './key-watch.ts';
import { Network } from './network.ts';
import { cards, ShopPage } from './shop-page.ts';

/** The same checkout, opened in another tab of the same browser. */
async function secondTab(context: BrowserContext, email: string): Promise<ShopPage> {
  const tab = new ShopPage(await context.newPage(), email);
  await tab.page.goto('/cart?checkout');
  await tab.isReadyToPay();
  return tab;
}

test('a second tab shows the payment of the first as it goes, and arrives at the same receipt', async ({
  shop,
  context,
  truth,
}) => {
  const calls = watchCheckout(context);
  await shop.fillCheckout();
  const second = await secondTab(context, shop.email);
  const gate = await holdPayments(shop.page);
  await shop.pay();
  await expect.poll(gate.arrived).toBe(1);
  await second.reaches('sending');
  await expect(second.status).toContainText('In another tab of yours');
  await expect(second.payButton).toHaveCount(0);
  await second.checkout.getByRole('button', { name: 'Paying…' }).dispatchEvent('click');
  await gate.open();
  await shop.showsReceipt();
  await second.showsReceipt();
  expect(await second.orderNumber.textContent()).toBe(await shop.orderNumber.textContent());
  expect(keysOf(calls.filter(({ procedure }) => procedure === 'pay'))).toHaveLength(1);
  await truth.isPaidOnce();
});

test('two tabs that tap Pay in the same moment pay once, under one key', async ({ shop, context, truth }) => {
  const calls = watchCheckout(context);
  await shop.fillCheckout();
  const second = await secondTab(context, shop.email);
  await Promise.all([shop.payButton.dispatchEvent('click'), second.payButton.dispatchEvent('click')]);
  await shop.showsReceipt();
  await second.showsReceipt();
  expect(await second.orderNumber.textContent()).toBe(await shop.orderNumber.textContent());
  expect(keysOf(calls.filter(({ procedure }) => procedure === 'pay'))).toHaveLength(1);
  expect(calls.filter(({ procedure }) => procedure === 'pay')).toHaveLength(1);
  await truth.isPaidOnce();
});

test('when the tab that pays is closed, the other takes the payment up under the same key', async ({
  shop,
  context,
  network,
  truth,
}) => {
  const calls = watchCheckout(context);
  await shop.fillCheckout();
  const second = await secondTab(context, shop.email);
  const { sent } = await Network.between(second.page);
  // Lost and not held: what is held when a tab is closed may still leave it.
  network.loseRequests(9);
  await shop.pay();
  await second.reaches(/sending|no_answer|retrying/);
  await shop.page.close();
  await second.showsReceipt();
  network.sent.push(...sent);
  expect(keysOf(calls)).toHaveLength(1);
  await truth.isPaidOnce();
});

test('a decline is shown in both tabs, and either may pay with another card', async ({ shop, context, truth }) => {
  await shop.fillCheckout({ card: cards.declined });
  const second = await secondTab(context, shop.email);
  await shop.pay();
  await shop.reaches('declined');
  await second.reaches('declined');
  await second.checkout.getByRole('textbox', { name: 'Email' }).fill(shop.email);
  await second.chooseCard(cards.works);
  await second.pay();
  await second.showsReceipt();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});
