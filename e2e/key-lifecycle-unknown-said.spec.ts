import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test('what is said on every screen of an outcome that is not known stays in the phone and covers no step', async ({
  shop,
  network,
}) => {
  network.holdTheRest();
  await shop.fillCheckout();
  await shop.pay();
  await network.hasSent(1);
  await shop.checkout.getByRole('button', { name: 'Stop trying (the result stays unknown)' }).click();
  await shop.reaches('unknown');
  await shop.page.route(/checkout\.status/, (route) => route.fulfill({ status: 404, json: {} }));
  const notice = shop.page.getByRole('complementary', { name: 'Your last payment' });
  const steps = shop.page.locator('#screen').getByRole('region', { name: 'First steps' });
  for (const [width, height] of [
    [390, 844],
    [768, 1024],
    [1440, 900],
  ] as const) {
    await shop.page.setViewportSize({ width, height });
    await shop.page.goto('/');
    await expect(notice).toBeInViewport({ ratio: 1 });
    if (width < 960) await expect(steps).toBeInViewport({ ratio: 1 });
    const bar = await edgesOf(notice);
    const phone = await edgesOf(shop.page.locator('#screen'));
    expect(bar.left).toBeGreaterThanOrEqual(phone.left);
    expect(bar.right).toBeLessThanOrEqual(phone.right);
    expect(bar.bottom).toBeLessThanOrEqual(phone.bottom);
    if (width < 960) expect(bar.bottom).toBeLessThanOrEqual((await edgesOf(steps)).top);
  }
  await shop.page.goto('/methods');
  await expect(notice).toBeInViewport({ ratio: 1 });
});

function edgesOf(locator: Locator) {
  return locator.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom };
  });
}
