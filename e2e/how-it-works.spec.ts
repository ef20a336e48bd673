import { isClean } from './axe.ts';
import { expect, test } from './fixtures.ts';

test('tells of one lost answer in order, without seeing the arrows, and leads on', async ({ page }) => {
  await page.goto('/how-it-works');
  const steps = page.getByRole('figure').getByRole('listitem');
  await expect(steps).toHaveCount(12);
  await expect(steps.nth(6)).toContainText('The shop to the phone: Paid, but the answer is lost');
  await isClean(page);
  await page.getByRole('link', { name: 'Try it in the shop' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Small goods, charged once.' })).toBeVisible();
});
