import { startPayonce } from '../test/payonce.ts';
import { isClean } from './axe.ts';
import { expect, test } from './fixtures.ts';

test('a scenario is played with the keyboard alone, and told line by line', async ({ page }) => {
  await page.goto('/scenarios');
  const card = page.locator('article#response-lost');
  await card.getByRole('button', { name: 'Run it: Response lost' }).focus();
  await page.keyboard.press('Enter');
  await expect(card.getByRole('log')).toContainText('Tap Pay. One key is made for this tap.');
  await expect(card.getByRole('log')).toContainText('The answer to request 1 is lost on its way back.');
  await expect(card).toContainText('Requests 3 · Charges 1');
  await page.keyboard.press('Tab');
  await expect(card.getByRole('button', { name: 'Run without protection: Response lost' })).toBeFocused();
});

test('one scenario is played at a time', async ({ page }) => {
  await page.goto('/scenarios');
  await page.getByRole('button', { name: 'Run it: Response lost' }).click();
  const other = page.getByRole('button', { name: 'Run it: Double tap' });
  await expect(other).toHaveAttribute('aria-disabled', 'true');
  // By force, because Playwright itself would wait for a button that says it is disabled.
  await other.click({ force: true });
  await expect(page.locator('article#response-lost')).toContainText('Requests 3 · Charges 1');
  await expect(page.locator('article#double-tap').getByRole('region')).toHaveCount(0);
});

test('a link leads to its scenario, and the scenario to its promise', async ({ page }) => {
  await page.goto('/scenarios#last-item');
  await expect(page.getByRole('heading', { name: 'Last item, two buyers' })).toBeInViewport();
  await page.locator('article#last-item').getByRole('link', { name: 'promise 5' }).click();
  await expect(page.getByText('never more sold than in stock')).toBeInViewport();
});

test('a scenario leaves the cart of the visitor alone', async ({ page, shop }) => {
  await page.goto('/');
  await shop.addToCart('Brass Pen');
  await page.goto('/scenarios');
  await page.getByRole('button', { name: 'Run it: Double tap' }).click();
  await expect(page.locator('article#double-tap')).toContainText('Requests 1 · Charges 1');
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('scenario')))).toEqual([]);
  await page.goto('/cart');
  await expect(page.getByText('Brass Pen')).toBeVisible();
});

test('the scenarios fit a phone', { tag: '@phone' }, async ({ page }) => {
  await page.goto('/scenarios');
  await page.getByRole('button', { name: 'Run it: Two tabs' }).click();
  await expect(page.locator('article#two-tabs')).toContainText('Charges 1', { timeout: 45_000 });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await overflow()).toBe(0);
});

test('axe finds nothing, in light and in dark: scenarios, before and after a run with and without protection', async ({
  page,
}) => {
  await page.goto('/scenarios');
  await page.getByRole('button', { name: 'Run it: Double tap' }).click();
  await page.getByRole('button', { name: 'Run without protection: Double tap' }).click();
  await expect(page.locator('article#double-tap')).toContainText('Requests 2 · Charges 2');
  await isClean(page);
});

test('only a scenario page may be framed, and only by the shop itself', async ({ request }) => {
  const policyOf = async (path: string) => (await request.get(path)).headers()['content-security-policy'];
  expect(await policyOf('/scenarios/tab')).toContain("frame-ancestors 'self'");
  for (const path of ['/', '/cart', '/scenarios'])
    expect(await policyOf(path), path).toContain("frame-ancestors 'none'");
});

test('there are no scenarios without the demo', async ({ request }) => {
  const real = await startPayonce({ DEMO: 'off' });
  try {
    for (const path of ['/scenarios', '/scenarios/tab']) {
      expect((await request.get(`${real.shopUrl}${path}`)).status(), path).toBe(404);
    }
  } finally {
    await real.stop();
  }
});
