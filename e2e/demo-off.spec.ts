import { startPayonce } from '../test/payonce.ts';
import { expect, test } from './fixtures.ts';
import { ShopPage } from './shop-page.ts';

test('a shop that is no demonstration sells, and has no switch, no backstage and no fault in its address', async ({
  browser,
}) => {
  const payonce = await startPayonce({ DEMO: 'off' });
  const context = await browser.newContext({ baseURL: payonce.shopUrl, locale: 'en-IE' });
  const page = await context.newPage();
  const refused: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
  });
  let paymentsSent = 0;
  page.on('request', (request) => {
    if (request.url().includes('checkout.pay')) paymentsSent += 1;
  });
  const shop = new ShopPage(page, 'ada@example.com');
  try {
    await page.goto('/?flaky=lose_response&seed=1');
    await expect(page.getByRole('complementary', { name: 'Backstage' })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Scenarios' })).toHaveCount(0);
    await shop.addToCart('Field Notes');
    await shop.openCart();
    await shop.openCheckout();
    await shop.checkout.getByRole('textbox', { name: 'Email' }).fill(shop.email);
    await shop.isReadyToPay();
    await expect(shop.checkout.getByRole('switch')).toHaveCount(0);
    await shop.pay();
    await shop.showsReceipt();
    await expect(page.getByTestId('bill')).toHaveCount(0);
    expect(paymentsSent).toBe(1);
    await page.goto('/methods');
    await expect(page.getByRole('article', { name: 'Make an invoice, with a key' })).toBeVisible();
    await expect(page.getByRole('article', { name: /^Pay/ })).toHaveCount(0);
    expect(refused).toEqual([]);
  } finally {
    await context.close();
    await payonce.stop();
  }
});
