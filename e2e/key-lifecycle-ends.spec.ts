import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { keptAttempt, watchCheckout } from './key-watch.ts';
import { Network } from './network.ts';
import { ShopPage } from './shop-page.ts';
import { ends } from './tab-ends.ts';
import { Truth } from './truth.ts';

for (const [name, end] of ends) {
  test(`a tab that ${name} keeps the key for the next one, which looks it up first`, async ({
    shop,
    context,
    network,
    truth,
  }) => {
    // The shop does its work and the tab never hears of it.
    network.loseResponses(1);
    network.holdTheRest();
    await shop.fillCheckout();
    await shop.pay();
    await network.hasSent(2);
    const kept = await keptAttempt(shop.page);
    await end(shop.page);

    const calls = watchCheckout(context);
    const next = new ShopPage(await context.newPage(), shop.email);
    await next.page.goto('/');
    await next.showsReceipt();
    expect(calls).toEqual([expect.objectContaining({ procedure: 'status', key: kept?.key })]);
    await expect.poll(() => keptAttempt(next.page)).toBeNull();
    await truth.isPaidOnce();
  });
}

test('a browser that is started again finds the key, looks it up, and goes on with it', async ({
  payonce,
  database,
  provider,
  launchOptions,
}) => {
  const profile = mkdtempSync(join(tmpdir(), 'payonce-browser-'));
  const start = () => chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: payonce.shopUrl });
  let browser: BrowserContext = await start();
  try {
    const before = await pageIn(browser);
    const network = await Network.between(before.page);
    const truth = new Truth({ database, provider, network, email: before.email });
    await before.fillCheckout();
    network.loseRequests(1);
    network.holdTheRest();
    await before.pay();
    await network.hasSent(2);
    // What is under way when a browser ends may still leave it. Stopped, nothing is, and the shop has heard of nothing.
    await before.checkout.getByRole('button', { name: 'Stop trying (the result stays unknown)' }).click();
    await before.reaches('unknown');
    const kept = await keptAttempt(before.page);
    await browser.close();

    browser = await start();
    const calls = watchCheckout(browser);
    const after = await pageIn(browser, before.email);
    const again = await Network.between(after.page);
    await after.page.goto('/');
    await after.showsReceipt();
    expect(calls.map(({ procedure, key }) => [procedure, key])).toEqual([
      ['status', kept?.key],
      ['pay', kept?.key],
    ]);
    network.sent.push(...again.sent);
    await truth.isPaidOnce();
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
});

async function pageIn(browser: BrowserContext, email = `buyer-${crypto.randomUUID()}@example.com`): Promise<ShopPage> {
  return new ShopPage(browser.pages()[0] ?? (await browser.newPage()), email);
}
