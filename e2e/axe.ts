import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { atRest } from './at-rest.ts';
import { expect } from './fixtures.ts';

/** What is another question in other colours; all else is the same page. */
const ABOUT_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Every rule that axe has, best practices included, in light; and in dark those that colours can break. */
export async function isClean(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await atRest(page);
  expect(await violations(new AxeBuilder({ page }))).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await atRest(page);
  expect(await violations(new AxeBuilder({ page }).withRules(ABOUT_COLOURS)), 'in dark').toEqual([]);
}

async function violations(axe: AxeBuilder): Promise<string[]> {
  // "Legacy" is axe in one piece, frames of ours included. Otherwise what it found is carried to a second page, for the
  // sake of frames from elsewhere: as long again as the rules take, and our content policy allows no such frame.
  const found = await axe.setLegacyMode().analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
