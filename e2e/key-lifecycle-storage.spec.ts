import { networkInterfaces } from 'node:os';
import { expect, test } from './fixtures.ts';
import { keptAttempt, keysOf, watchCheckout } from './key-watch.ts';

const brokenStorage: [string, () => void][] = [
  [
    'is full',
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
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
    network.loseResponses(2);
    await shop.fillCheckout();
    await shop.payButton.dblclick();
    await expect(shop.status).toContainText('a reload would lose sight of the payment');
    await shop.showsReceipt();
    expect(keysOf(calls)).toHaveLength(1);
    await truth.isPaidOnce();
  });
}

test('storage that works says nothing of the kind', async ({ shop, network }) => {
  network.loseResponses(1);
  await shop.fillCheckout();
  await shop.pay();
  await shop.reaches(/sending|no_answer|retrying|paid/);
  await expect(shop.status).not.toContainText('reload');
  await shop.showsReceipt();
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
    await shop.fillCheckout();
    const calls = watchCheckout(context);
    await shop.pay();
    await expect.poll(() => calls.length).toBeGreaterThan(0);
    const kept = await keptAttempt(shop.page);
    expect(new Date(kept?.createdAt ?? 0).getFullYear()).toBe(wrongNow.getFullYear());
    await shop.page.reload();
    await shop.showsReceipt();
    expect(keysOf(calls)).toEqual([kept?.key]);
    await truth.isPaidOnce();
  });
}

test.describe('on a phone in the local network, without https', () => {
  test.use({ baseURL: async ({ payonce }, use) => use(onLocalNetwork(payonce.shopUrl)) });

  test('a double tap and a lost answer are one payment, though the browser has neither randomUUID nor Web Locks', async ({
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

  test('two tabs that tap Pay in the same moment pay once under one key', async ({ shop, context, truth }) => {
    const calls = watchCheckout(context);
    await shop.fillCheckout();
    const second = await context.newPage();
    await second.goto('/cart?checkout');
    const secondPay = second.getByRole('dialog', { name: 'Checkout' }).getByRole('button', { name: /^Pay €\d/ });
    await expect(secondPay).not.toHaveAttribute('aria-disabled', 'true');
    await Promise.all([shop.payButton.dispatchEvent('click'), secondPay.dispatchEvent('click')]);
    await shop.showsReceipt();
    await expect(second.getByRole('heading', { level: 1, name: 'Paid' })).toBeVisible();
    expect(keysOf(calls.filter(({ procedure }) => procedure === 'pay'))).toHaveLength(1);
    await truth.isPaidOnce();
  });
});

/** The same shop as another machine would reach it: to a browser such an address is no secure context. */
function onLocalNetwork(shopUrl: string): string {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const found = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!found) throw new Error('This machine has no address but its own, so the way from a phone cannot be tried.');
  return shopUrl.replace('localhost', found.address);
}
