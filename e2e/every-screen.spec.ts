import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const screens: readonly (readonly [path: string, heading: string | RegExp])[] = [
  ['/', 'Small goods, charged once.'],
  ['/cart', 'Your cart is empty'],
  ['/orders/00000000-0000-4000-8000-000000000000', 'No such order'],
  ['/orders/xyz', 'No such order'],
  ['/backstage', /./],
  ['/scenarios', 'Twelve things that go wrong.'],
  ['/lab', 'Retry lab'],
  ['/methods', 'Which requests may be sent twice?'],
  ['/how-it-works', 'No answer is not a no.'],
  ['/nowhere', 'Nothing on this shelf'],
];

test('every screen has its heading, fits the width and says nothing to the console', { tag: '@screens' }, async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (said) => {
    // A page or an order that does not exist is a 404, and the browser says so by itself.
    if (said.type() === 'error' && !said.text().includes('404')) complaints.push(said.text());
  });
  for (const [path, heading] of screens) {
    await opensAndFits(page, path, heading);
  }
  expect(complaints).toEqual([]);
});

for (const width of [320, 1920]) {
  test(`every screen fits a width of ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const [path, heading] of screens) {
      await opensAndFits(page, path, heading);
    }
  });
}

test('a cart with something in it fits a width of 320 px', async ({ page, shop }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('/');
  await shop.addToCart('Field Notes');
  await page.getByRole('link', { name: 'Cart, 1 item' }).waitFor();
  await opensAndFits(page, '/cart', 'Field Notes');
});

async function opensAndFits(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { name: heading }).filter({ visible: true }).first(), path).toBeVisible();
  const surplus = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(surplus, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
}
