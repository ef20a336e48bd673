import { expect, test } from './fixtures.ts';

test('the flaky network as it is first switched on shows three requests and one charge', { tag: '@phone' }, async ({
  shop,
  truth,
}) => {
  await shop.fillCheckout();
  await shop.turn('Flaky network', 'on');
  await shop.pay();
  await shop.showsReceipt();
  await shop.showsBill({ requests: 3, charges: 1 });
  await truth.isPaidOnce();
  expect(truth.keysSent()).toHaveLength(1);
});

test('without protection the same network charges three times, and the bill says so', async ({ shop, truth }) => {
  await shop.fillCheckout();
  await shop.turn('Flaky network', 'on');
  await shop.turn('Protection', 'off');
  await shop.pay();
  await shop.showsReceipt();
  await shop.showsBill({ requests: 3, charges: 3 });
  await truth.isCharged(3);
});

test('a shared link brings the same network: one seed, one run', async ({ shop, network, truth }) => {
  await shop.page.goto('/?flaky=lose_request.lose_response&seed=7');
  await shop.addToCart('Enamel Mug');
  await shop.openCart();
  await shop.openCheckout();
  await expect(shop.checkout.getByRole('switch', { name: 'Flaky network' })).toBeChecked();
  await shop.checkout.getByRole('button', { name: 'Network settings' }).click();
  const settings = shop.page.getByRole('dialog', { name: 'Network settings' });
  await expect(settings.getByRole('textbox', { name: 'Seed' })).toHaveValue('7');
  await expect(settings.getByRole('checkbox', { name: 'Lose the request' })).toBeChecked();
  await expect(settings.getByRole('checkbox', { name: 'Duplicate delivery' })).not.toBeChecked();
  await shop.page.keyboard.press('Escape');
  await shop.checkout.getByRole('textbox', { name: 'Email' }).fill(shop.email);
  await shop.isReadyToPay();
  await shop.pay();
  await shop.showsReceipt();
  await truth.isPaidOnce();
  expect(network.sent.length).toBeGreaterThan(0);
});
