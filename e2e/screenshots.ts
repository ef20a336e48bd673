import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { startPayonce } from '../test/payonce.ts';
import { atRest } from './at-rest.ts';
import { Network } from './network.ts';
import { cards, ShopPage } from './shop-page.ts';

/** A phone as most are, and a desktop as most are; pictures of a phone are sharp enough at two pixels a point. */
const devices: readonly BrowserContextOptions[] = [
  { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
];

type Shoot = (name: string) => Promise<void>;

/** Each story starts with a browser that was never here. What moves has come to rest in every picture. */
const stories: readonly ((shop: ShopPage, shoot: Shoot) => Promise<void>)[] = [
  async (shop, shoot) => {
    await shop.page.goto('/cart');
    await shop.page.getByRole('heading', { name: 'Your cart is empty' }).waitFor();
    await shoot('empty-cart');
    await shop.page.goto('/nowhere');
    await shoot('not-found');
  },
  async (shop, shoot) => {
    await shop.page.goto('/');
    await shop.addToCart('Field Notes');
    await shoot('catalogue');
    await shop.openCart();
    await shoot('cart');
    await shop.openCheckout();
    await shop.checkout.getByRole('textbox', { name: 'Email' }).fill(shop.email);
    await shop.isReadyToPay();
    await shop.turn('Flaky network', 'on');
    await shop.checkout.getByRole('switch', { name: 'Protection' }).scrollIntoViewIfNeeded();
    await shoot('checkout');
    await shop.checkout.getByRole('button', { name: 'Network settings' }).click();
    await shop.page.getByRole('dialog', { name: 'Network settings' }).waitFor();
    await shoot('network-settings');
    await shop.page.keyboard.press('Escape');
    // A pause is drawn and may be over before the picture is taken, so the request after it is held.
    const network = await Network.between(shop.page);
    network.give(1, (route) => route.continue());
    network.holdTheRest();
    await shop.pay();
    await shop.reaches('retrying');
    await shoot('retrying');
    await network.letEverythingArrive();
    await shop.showsReceipt();
    await shop.showsBill({ requests: 3, charges: 1 });
    await shoot('receipt');
    const link = shop.page.getByRole('link', { name: 'Backstage, what the shop saw' });
    if (await link.isVisible()) await link.click();
    await shop.page.locator('[data-check][data-verdict="holds"]').nth(5).waitFor();
    await shop.page.getByRole('tab', { name: 'Key' }).scrollIntoViewIfNeeded();
    await shoot('backstage');
  },
  async (shop, shoot) => {
    await shop.fillCheckout({ card: cards.declined });
    await shop.pay();
    await shop.reaches('declined');
    await shoot('declined');
  },
  async (shop, shoot) => {
    await shop.fillCheckout({ card: cards.slowBank });
    await shop.pay();
    await shop.checkout.getByRole('button', { name: /^Stop trying/ }).click();
    await shop.page.getByRole('heading', { name: 'We don’t know the result yet' }).waitFor();
    await shoot('unknown');
  },
  async (shop, shoot) => {
    await shop.payThreeTimes();
    // The backstage asks the provider once a second, where there is room for it.
    const beside = shop.page.getByRole('complementary', { name: 'Backstage' });
    if (await beside.isVisible()) await beside.getByRole('heading', { name: 'Charged 3 times' }).waitFor();
    await shoot('charged-thrice');
  },
  async ({ page }, shoot) => {
    await page.goto('/scenarios');
    const card = page.locator('article#response-lost');
    for (const [button, verdict] of [
      ['Run it', 'Requests 3 · Charges 1'],
      ['Run without protection', 'Requests 3 · Charges 3'],
    ] as const) {
      await card.getByRole('button', { name: button }).click();
      await card.getByText(verdict).waitFor();
    }
    await page.evaluate(() => window.scrollTo(0, 0));
    await shoot('scenarios');
  },
  async (shop, shoot) => {
    await shop.page.goto('/how-it-works');
    await shoot('how-it-works');
    await shop.page.goto('/methods');
    await shop.page
      .getByRole('button', { name: /Press twice/ })
      .first()
      .click();
    await shop.page.getByRole('status').filter({ hasText: /\w/ }).first().waitFor();
    await shoot('methods');
    await shop.page.goto('/lab');
    await shop.page.getByRole('status').filter({ hasText: 'full jitter' }).first().waitFor();
    await shoot('lab');
  },
];

const executablePath = process.env.CHROMIUM_PATH;
const payonce = await startPayonce();
const browser = await chromium.launch(executablePath ? { executablePath } : {});
try {
  for (const device of devices) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const story of stories) await tell(story, browser, { ...device, colorScheme });
    }
  }
} finally {
  await browser.close();
  await payonce.stop();
}

async function tell(story: (typeof stories)[number], on: Browser, options: BrowserContextOptions): Promise<void> {
  const context = await on.newContext({
    ...options,
    baseURL: payonce.shopUrl,
    locale: 'en-IE',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const suffix = `${options.viewport?.width}-${options.colorScheme}`;
  await story(new ShopPage(page, 'ada@example.com'), (name) => picture(page, `docs/images/${name}-${suffix}.png`));
  await context.close();
}

async function picture(page: Page, path: string): Promise<void> {
  const beside = page.locator('aside[aria-label="Backstage"]');
  if (await beside.isVisible()) await beside.getByText('Live from the shop').waitFor();
  await atRest(page);
  await page.screenshot({ path, animations: 'disabled' });
  console.log(path);
}
