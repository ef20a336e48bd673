import type { BrowserContext, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { areOfOneSender, keysOf, tapsIn, watchCheckout } from './key-watch.ts';
import type { Truth } from './truth.ts';
import { secondTab, type Tab, tapTogether } from './two-tabs.ts';

/** What must come out the same however the tabs hear of each other: by Web Locks, or by a claim in storage. */
interface Told extends Tab {
  readonly context: BrowserContext;
  readonly truth: Truth;
}

/** Both tap Pay before either hears of the other: one payment under one key, and both end at its receipt. */
export async function bothTabsPay({ shop, network, context, truth }: Told): Promise<void> {
  const calls = watchCheckout(context);
  await shop.fillCheckout();
  const second = await secondTab(context, shop.email);
  await tapTogether([{ shop, network }, second]);
  await shop.showsReceipt();
  await second.shop.showsReceipt();
  expect(await second.shop.orderNumber.textContent()).toBe(await shop.orderNumber.textContent());
  expect(await Promise.all([shop, second.shop].map(({ page }) => tapsIn(page)))).toEqual([1, 1]);
  network.sent.push(...second.network.sent);
  expect(keysOf(calls)).toHaveLength(1);
  expect(areOfOneSender(calls)).toBe(true);
  await truth.isPaidOnce();
}

/** The tab that pays ends in the middle of it: the other goes on under the same key. */
export async function theOtherTabGoesOn(
  { shop, network, context, truth }: Told,
  end: (page: Page) => Promise<void>,
): Promise<void> {
  const calls = watchCheckout(context);
  await shop.fillCheckout();
  const second = await secondTab(context, shop.email);
  network.loseRequests(1);
  network.holdTheRest();
  await shop.pay();
  await network.hasSent(2);
  await second.shop.reaches('retrying');
  // What is held when a tab ends may still leave it: the other tab cannot know, and asks.
  await end(shop.page);
  await second.shop.showsReceipt();
  network.sent.push(...second.network.sent);
  expect(keysOf(calls)).toHaveLength(1);
  await truth.isPaidOnce();
}
