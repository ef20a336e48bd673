import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** More stops than any screen has: a control that is not reached by then cannot be reached. */
const stopsMax = 60;

test('pays with the keyboard alone, in the order that the eye reads', async ({ shop, truth }) => {
  const { page, checkout } = shop;
  await page.goto('/');
  await tabTo(page.getByRole('button', { name: 'Add Field Notes to cart' }));
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('link', { name: 'Cart, 1 item' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'One more Field Notes' }).waitFor();
  await tabTo(page.getByRole('button', { name: 'Checkout', exact: true }));
  await page.keyboard.press('Enter');
  await checkout.waitFor();

  await tabTo(checkout.getByRole('textbox', { name: 'Email' }));
  await page.keyboard.type(shop.email);
  await tabTo(checkout.getByRole('radio', { name: /4242/ }));
  await tabTo(checkout.getByRole('button', { name: 'Network settings' }));
  await tabTo(checkout.getByRole('switch', { name: 'Flaky network' }));
  await tabTo(checkout.getByRole('switch', { name: 'Protection' }));
  await shop.isReadyToPay();
  await tabTo(shop.payButton);
  await page.keyboard.press('Enter');

  await shop.showsReceipt();
  await expect(shop.receiptHeading).toBeFocused();
  await truth.isPaidOnce();
});

test('the checkout keeps the focus, and Escape gives it back to the button that opened it', async ({ shop }) => {
  await shop.fillCheckout();
  await tabStaysIn(shop.checkout, 'Tab');
  await shop.page.keyboard.press('Escape');
  await expect(shop.checkout).toBeHidden();
  await expect(shop.page.getByRole('button', { name: 'Checkout', exact: true })).toBeFocused();
});

for (const key of ['Tab', 'Shift+Tab'] as const) {
  test(`the checkout keeps the focus when ${key} is faster than the screen`, async ({ shop }) => {
    await shop.fillCheckout();
    // What sends the focus round does so in the next frame: here that frame comes after the next key.
    await shop.page.evaluate(() => {
      const nextFrame = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (callback) => nextFrame((timeMs) => setTimeout(callback, 100, timeMs));
    });
    await tabStaysIn(shop.checkout, key);
  });
}

/** Often enough to go round more than once. */
async function tabStaysIn(dialog: Locator, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  const reached = new Set<string>();
  for (let stop = 0; stop < stopsMax; stop += 1) {
    await dialog.page().keyboard.press(key);
    const focused = await dialog.evaluate(({ parentElement: portal }) => {
      const { activeElement } = document;
      return portal?.contains(activeElement) ? (activeElement?.outerHTML ?? '') : 'outside';
    });
    expect(focused).not.toBe('outside');
    reached.add(focused);
  }
  expect(reached.size).toBeGreaterThan(5);
}

/** Goes on from where the focus is; a control that lies behind fails, because the order is what is tested. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stop = 0; stop < stopsMax; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await target.page().keyboard.press(key);
  }
  await expect(target).toBeFocused();
}
