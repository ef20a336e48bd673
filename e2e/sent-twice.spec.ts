import { expect, test } from './fixtures.ts';

test('charges once when Pay is tapped twice', { tag: '@phone' }, async ({ shop, network, truth }) => {
  await shop.fillCheckout();
  await shop.payButton.dblclick();
  await shop.showsReceipt();
  await shop.showsBill({ requests: 1, charges: 1 });
  await truth.isPaidOnce();
  expect(network.sent).toHaveLength(1);
});

test('charges once when Enter and a click fall together', async ({ shop, network, truth }) => {
  await shop.fillCheckout();
  // In one task of the page, so that no render lies between the two: what disables a button comes too late here.
  await shop.page.evaluate(() => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.startsWith('Pay €'));
    button?.form?.requestSubmit(button);
    button?.click();
  });
  await shop.showsReceipt();
  await truth.isPaidOnce();
  expect(network.sent).toHaveLength(1);
});

test('charges once when a proxy delivers the request twice', async ({ shop, network, truth }) => {
  network.duplicate();
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  await truth.isPaidOnce();
  expect(truth.keysSent()).toHaveLength(1);
});

test('charges once when the shop is open in a second tab', async ({ shop, context, truth }) => {
  await shop.fillCheckout({ card: 'Visa •••• 6000' });
  const second = await context.newPage();
  await second.goto('/cart?checkout');
  await shop.pay();
  await shop.reaches(/sending|no_answer|retrying|in_progress/);
  // The other tab of the same customer has the same cart; whatever it offers, it must not become a second charge.
  const secondPay = second.getByRole('dialog', { name: 'Checkout' }).getByRole('button', { name: /^Pay €\d/ });
  if (await secondPay.isVisible()) await secondPay.click();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});
