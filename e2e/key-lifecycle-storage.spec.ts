import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { keptAttempt, keysOf, watchCheckout } from './key-watch.ts';
import { Network } from './network.ts';
import { ShopPage } from './shop-page.ts';
import { crash } from './tab-ends.ts';
import { bothTabsPay, theOtherTabGoesOn } from './two-tab-stories.ts';
import { writeDown } from './what-was-said.ts';

const brokenStorage: [string, () => void][] = [
  [
    'is full',
    () => {
      // To the last byte: what fails to fit is halved until nothing does.
      for (let size = 2 ** 22; size >= 1; size /= 2) {
        try {
          for (let part = 0; ; part += 1) localStorage.setItem(`filler-${size}-${part}`, 'x'.repeat(size));
        } catch {
          // Full for this size.
        }
      }
    },
  ],
  [
    'throws at every touch',
    () => {
      const refuse = () => {
        throw new DOMException('Access is denied.', 'SecurityError');
      };
      Object.assign(Storage.prototype, { getItem: refuse, setItem: refuse, removeItem: refuse });
    },
  ],
  [
    'is forbidden',
    () => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('Access is denied.', 'SecurityError');
        },
      });
    },
  ],
];

for (const [name, breakIt] of brokenStorage) {
  test(`storage that ${name}: pays once all the same, and says that a reload would lose sight of it`, async ({
    shop,
    network,
    context,
    truth,
  }) => {
    await shop.page.addInitScript(breakIt);
    const calls = watchCheckout(context);
    network.loseResponses(1);
    network.holdTheRest();
    await shop.fillCheckout();
    await shop.payButton.dblclick();
    await network.hasSent(2);
    await expect(shop.status).toContainText('a reload would lose sight of the payment');
    await network.letEverythingArrive();
    await shop.showsReceipt();
    expect(keysOf(calls)).toHaveLength(1);
    await truth.isPaidOnce();
  });
}

test('storage that works says nothing of the kind', async ({ shop, network }) => {
  network.loseResponses(1);
  await shop.fillCheckout();
  const said = await writeDown(shop.page);
  await shop.pay();
  await shop.showsReceipt();
  const words = (await said()).map((one) => one.words).join('\n');
  expect(words).toContain('You can’t be charged twice for this.');
  expect(words).not.toContain('reload');
});

for (const [name, years] of [
  ['a year behind', -1],
  ['a year ahead', 1],
] as const) {
  test(`a clock that is ${name} changes nothing: kept, looked up after a reload, paid once`, async ({
    shop,
    network,
    context,
    truth,
  }) => {
    const wrongNow = new Date();
    wrongNow.setFullYear(wrongNow.getFullYear() + years);
    await shop.page.clock.install({ time: wrongNow });
    network.loseResponses(1);
    network.holdTheRest();
    await shop.fillCheckout();
    const calls = watchCheckout(context);
    await shop.pay();
    await network.hasSent(2);
    const kept = await keptAttempt(shop.page);
    expect(new Date(kept?.createdAt ?? 0).getFullYear()).toBe(wrongNow.getFullYear());
    await shop.page.reload();
    await shop.showsReceipt();
    expect(keysOf(calls)).toEqual([kept?.key]);
    await truth.isPaidOnce();
  });
}

test('a browser that refuses cookies is told what it takes, and nothing is sent or charged', async ({
  payonce,
  launchOptions,
}) => {
  const profile = mkdtempSync(join(tmpdir(), 'payonce-browser-'));
  mkdirSync(join(profile, 'Default'));
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  const browser = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: payonce.shopUrl });
  try {
    const shop = new ShopPage(browser.pages()[0] ?? (await browser.newPage()), 'ada@example.com');
    const { sent } = await Network.between(shop.page);
    await shop.page.goto('/');
    await shop.addToCart('Field Notes');
    await shop.openCart();
    await shop.openCheckout();
    await shop.checkout.getByRole('textbox', { name: 'Email' }).fill(shop.email);
    await expect(shop.alert).toContainText('keeps no cookie');
    await shop.checkout.getByRole('button', { name: /^Pay/ }).dispatchEvent('click');
    await expect(shop.alert).toContainText('Nothing was charged');
    expect(sent).toEqual([]);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
});

test.describe('on a phone in the local network, without https', () => {
  test.use({ baseURL: async ({ payonce }, use) => use(onLocalNetwork(payonce.shopUrl)) });

  test('a double tap and a lost answer are one payment, without randomUUID and Web Locks', { tag: '@phone' }, async ({
    shop,
    network,
    context,
    truth,
  }) => {
    const calls = watchCheckout(context);
    network.loseResponses(1);
    await shop.fillCheckout();
    expect(await shop.page.evaluate(() => [isSecureContext, 'randomUUID' in crypto, 'locks' in navigator])).toEqual([
      false,
      false,
      false,
    ]);
    await shop.payButton.dblclick();
    await shop.showsReceipt();
    expect(keysOf(calls)).toHaveLength(1);
    await truth.isPaidOnce();
  });

  test('when the tab that pays crashes, the other takes the payment up once its claim has gone stale', ({
    shop,
    network,
    context,
    truth,
  }) => theOtherTabGoesOn({ shop, network, context, truth }, crash));

  test('two tabs that tap Pay before either hears of the other pay once, under one key', ({
    shop,
    network,
    context,
    truth,
  }) => bothTabsPay({ shop, network, context, truth }));
});

/** The same shop as another machine would reach it: to a browser such an address is no secure context. */
function onLocalNetwork(shopUrl: string): string {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const found = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!found) throw new Error('This machine has no address but its own, so the way from a phone cannot be tried.');
  return shopUrl.replace('localhost', found.address);
}
