import type { Page } from '@playwright/test';

/** Resolves when whatever moves on the page has come to rest: half a fade has half a contrast. What turns for ever is left. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    return Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
