import type { Page } from '@playwright/test';

/** What becomes of a tab in the middle of a payment. */
export const ends: readonly (readonly [name: string, end: (page: Page) => Promise<void>])[] = [
  ['is closed', (page) => page.close()],
  ['crashes', crash],
];

/** The way a page ends whose process runs out of memory. */
export async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // It never answers: who would answer is gone.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
}
