import { expect, test } from './fixtures.ts';

test('the receipt has all that a buyer is asked for later, and its number can be taken along', async ({
  shop,
  truth,
}) => {
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  const order = await truth.isPaidOnce();
  const receipt = shop.page.getByRole('main');
  for (const words of ['Field Notes', 'Tax, 20 %', 'Total', '4242', shop.email, 'name the order']) {
    await expect(receipt).toContainText(words);
  }
  // One click takes the whole number and nothing else.
  await shop.orderNumber.click();
  expect(await shop.page.evaluate(() => getSelection()?.toString())).toBe(order.orderNumber);
});

test('on paper there is the receipt, and nothing of the shop around it', async ({ shop }) => {
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  const print = shop.page.getByRole('button', { name: 'Print the receipt' });
  const asked = shop.page.evaluate(() => new Promise<void>((resolve) => Object.assign(window, { print: resolve })));
  await print.click();
  await asked;
  await shop.page.emulateMedia({ media: 'print' });
  await expect(shop.orderNumber).toBeVisible();
  await expect(shop.page.getByText('Tax, 20 %')).toBeVisible();
  for (const gone of [print, shop.page.getByRole('link', { name: /^Cart, / }), shop.page.getByRole('banner')]) {
    await expect(gone).toBeHidden();
  }
});

test('Back after paying shows the receipt again, however often, and never a Pay button', async ({
  shop,
  network,
  truth,
}) => {
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  for (let back = 0; back < 2; back += 1) {
    await shop.page.goBack();
    await expect(shop.payButton).toHaveCount(0);
    await shop.page.goForward();
    await shop.showsReceipt();
  }
  await truth.isPaidOnce();
  expect(network.sent).toHaveLength(1);
});

test('until the receipt is there, the checkout shows the order that was paid and its bill', async ({ shop }) => {
  let show = () => {};
  const held = new Promise<void>((resolve) => {
    show = resolve;
  });
  await shop.page.route(/\/orders\//, async (route) => {
    await held;
    await route.fallback();
  });
  await shop.fillCheckout();
  await shop.pay();
  await shop.reaches('paid');
  await expect(shop.checkout).toContainText('Field Notes');
  await expect(shop.checkout.getByTestId('bill')).toContainText('Requests 1 · Charges 1');
  show();
  await shop.showsReceipt();
});
