import { isClean } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { cards } from './shop-page.ts';

test.describe('axe finds nothing, in light and in dark:', () => {
  test('catalogue', async ({ page, shop }) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Add Field Notes to cart' }).waitFor();
    await isClean(page);
    await shop.addToCart('Field Notes');
    await isClean(page);
  });

  test('empty cart, and a page that does not exist', async ({ page }) => {
    await page.goto('/cart');
    await page.getByRole('heading', { name: 'Your cart is empty' }).waitFor();
    await isClean(page);
    await page.goto('/nowhere');
    await isClean(page);
    await page.goto('/orders/00000000-0000-4000-8000-000000000000');
    await page.getByRole('heading', { name: 'No such order' }).waitFor();
    await isClean(page);
  });

  test('an order that could not be fetched, and nobody says that it is paid', async ({ page }) => {
    await page.route(/orders\.get/, (route) => route.fulfill({ status: 404, json: {} }));
    await page.goto('/orders/00000000-0000-4000-8000-000000000000');
    await page.getByRole('heading', { level: 1, name: 'This receipt did not load' }).waitFor();
    await expect(page.getByRole('alert').filter({ hasText: 'did not load' })).not.toContainText('is paid');
    await isClean(page);
  });

  test('cart, checkout, network settings', async ({ page, shop }) => {
    await page.goto('/');
    await shop.addToCart('Field Notes');
    await shop.openCart();
    await isClean(page);
    await shop.openCheckout();
    await shop.isReadyToPay();
    await isClean(page);
    await shop.pay();
    await expect(shop.checkout.getByRole('textbox', { name: 'Email' })).toHaveAttribute('aria-invalid', 'true');
    await isClean(page);
    await shop.checkout.getByRole('button', { name: 'Network settings' }).click();
    await page.getByRole('dialog', { name: 'Network settings' }).waitFor();
    await isClean(page);
  });

  test('paying, declined, receipt', async ({ page, shop, network }) => {
    await shop.fillCheckout({ card: cards.declined });
    await shop.pay();
    await shop.reaches('declined');
    await isClean(page);
    await shop.chooseCard(cards.works);
    network.holdTheRest();
    await shop.pay();
    await shop.reaches('sending');
    await isClean(page);
    await network.letEverythingArrive();
    await shop.showsReceipt();
    await isClean(page);
  });

  test('every part of the backstage', async ({ page, shop }) => {
    await shop.fillCheckout();
    await shop.pay();
    await shop.showsReceipt();
    await page.locator('[data-check][data-verdict="holds"]').nth(5).waitFor();
    for (const part of ['Key', 'Orders', 'Mail', 'Stock', 'Requests', 'Checks']) {
      await page.getByRole('tab', { name: part }).click();
      await page.getByRole('tabpanel', { name: part }).waitFor();
      await isClean(page);
    }
  });

  test('the backstage on the smallest phone', async ({ page, shop }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await shop.fillCheckout();
    await shop.pay();
    await shop.showsReceipt();
    await page.getByRole('link', { name: 'Backstage, what the shop saw' }).click();
    await page.getByTestId('key-row').waitFor();
    await isClean(page);
  });

  test('an outcome that is not known', async ({ page, shop }) => {
    await shop.fillCheckout({ card: cards.slowBank });
    await shop.pay();
    await shop.checkout.getByRole('button', { name: /^Stop trying/ }).click();
    await page.getByRole('heading', { name: 'We don’t know the result yet' }).waitFor();
    await isClean(page);
  });

  test('a first visit on a phone, with the steps in the checkout and the menu open', async ({ page, shop }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/');
    await page.getByRole('region', { name: 'First steps' }).waitFor();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Retry lab' }).waitFor();
    await isClean(page);
    await page.keyboard.press('Escape');
    await shop.fillCheckout();
    await shop.checkout.getByRole('region', { name: 'First steps' }).waitFor();
    await isClean(page);
    await shop.turn('Flaky network', 'on');
    await shop.pay();
    await shop.showsReceipt();
    await page.getByRole('button', { name: 'Next' }).waitFor();
    await isClean(page);
  });

  test('charged more than once', async ({ page, shop }) => {
    await shop.payThreeTimes();
    await isClean(page);
  });
});
