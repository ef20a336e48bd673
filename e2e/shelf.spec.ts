import { startPayonce } from '../test/payonce.ts';
import { expect, test } from './fixtures.ts';

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('the shelf is there, with its prices and its drawings', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('button', { name: /^Add .* to cart$/ })).toHaveCount(8);
    await expect(page.getByText('€20.75')).toBeVisible();
    const drawing = page.getByRole('listitem').filter({ hasText: 'Field Notes' }).locator('use');
    await expect.poll(async () => (await drawing.boundingBox())?.width).toBeGreaterThan(100);
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the shop has come whole: nothing is asked for behind it, and nothing ahead of a tap', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (['fetch', 'xhr', 'eventsource'].includes(request.resourceType())) asked.push(request.url());
    });
    await page.goto('/');
    // The last that comes.
    await page.getByRole('region', { name: 'First steps' }).waitFor();
    await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
    expect(asked).toEqual([]);
    await page.getByRole('link', { name: 'Cart, 0 items' }).click();
    await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
  });
});

const testInOwnShop = test.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  payonce: async ({}, use) => {
    const own = await startPayonce();
    await use(own);
    await own.stop();
  },
});

testInOwnShop(
  'what was sold is sold out on the shelf that Back leads to, however much later',
  async ({ shop, page }) => {
    await page.clock.install();
    await page.goto('/');
    const before = await page.evaluate(() => history.length);
    await shop.fillCheckout({ items: ['Last Print'] });
    await shop.pay();
    await shop.showsReceipt();
    // Longer than what no screen shows is remembered.
    await page.clock.fastForward('10:00');
    // At once, as by a long press on Back: each screen between would ask for the shelf.
    await page.evaluate((steps) => history.go(steps), before - (await page.evaluate(() => history.length)));
    await expect(page.getByRole('heading', { name: 'Small goods' })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Last Print' })).toContainText('Sold out');
  },
);
