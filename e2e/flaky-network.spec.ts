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
  await shop.payThreeTimes();
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

test('what is chosen try by try stands in the address, and happens', async ({ shop, truth }) => {
  await shop.fillCheckout();
  await shop.turn('Flaky network', 'on');
  await shop.checkout.getByRole('button', { name: 'Network settings' }).click();
  const settings = shop.page.getByRole('dialog', { name: 'Network settings' });
  await settings.getByText('Try by try').click();
  await settings.getByRole('combobox', { name: 'Try 1' }).selectOption({ label: 'Turn away, 503' });
  await settings.getByRole('combobox', { name: 'Try 2' }).selectOption({ label: 'Cut the answer midway' });
  await expect(settings.getByRole('status')).toContainText('Try 1 is turned away, try 2 gets half an answer');
  await expect(shop.page).toHaveURL(/script=answer_503\.cut_midway/);
  await shop.page.keyboard.press('Escape');
  await shop.pay();
  await shop.showsReceipt();
  await shop.showsBill({ requests: 2, charges: 1 });
  await truth.isPaidOnce();
});

test('a chance is chosen for each trouble, stands in the address, and happens', async ({ shop, network, truth }) => {
  await shop.fillCheckout();
  await shop.turn('Flaky network', 'on');
  await shop.checkout.getByRole('button', { name: 'Network settings' }).click();
  const settings = shop.page.getByRole('dialog', { name: 'Network settings' });
  await settings.getByRole('checkbox', { name: 'Lose the request' }).check();
  await settings.getByRole('checkbox', { name: 'Lose the response' }).uncheck();
  await settings.getByRole('slider', { name: 'Lose the request, chance' }).press('End');
  await expect(shop.page).toHaveURL(/flaky=lose_request-100&seed=1/);
  await shop.page.keyboard.press('Escape');
  await shop.pay();
  await shop.showsReceipt();
  // Three tries go wrong at most, here before the shop: the fourth is the only one that it receives.
  await shop.showsBill({ requests: 1, charges: 1 });
  expect(network.sent).toHaveLength(1);
  await truth.isPaidOnce();
});
