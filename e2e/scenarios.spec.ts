import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { test as killable } from './killable-payonce.ts';

/** One scenario kills its shop, and short leases keep them quick. */
const test = killable.extend<{ scenes: Scenes }>({
  scenes: async ({ page, shop }, use) => {
    // The receipts go to the address that this browser used last: here to this test's own.
    await page.addInitScript((email) => localStorage.setItem('payonce.email', email), shop.email);
    await use(new Scenes(page));
  },
});

/** The page of scenarios as a visitor meets it. */
class Scenes {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(id: string): Promise<void> {
    await this.#page.goto(`/scenarios#${id}`);
  }

  /** One tap; returns the verdict that the page gives. */
  async plays(id: string, protection: 'on' | 'off'): Promise<Locator> {
    const card = this.#page.locator(`article#${id}`);
    await card.getByRole('button', { name: protection === 'on' ? 'Run it' : 'Run without protection' }).click();
    const verdict = card.getByRole('region', { name: `Protection ${protection}` }).getByTestId('verdict');
    await expect(verdict).toBeVisible({ timeout: 75_000 });
    return verdict;
  }
}

interface Lesson {
  readonly id: string;
  readonly guarantee: string;
  /** What the page must say of the run with protection and of the one without. */
  readonly on: string | RegExp;
  readonly off: string | RegExp;
  /** What the provider and the database must say of the carts of the run without: charges and orders. */
  readonly chargesWithout: number;
}

const lessons: readonly Lesson[] = [
  {
    id: 'response-lost',
    guarantee: 'a lost response is charged once, and three times without protection',
    on: 'Requests 3 · Charges 1',
    off: 'Requests 3 · Charges 3',
    chargesWithout: 3,
  },
  {
    id: 'request-lost',
    guarantee: 'a lost request is charged once, with and without protection',
    on: 'Requests 1 · Charges 1',
    off: 'Requests 1 · Charges 1',
    chargesWithout: 1,
  },
  {
    id: 'double-tap',
    guarantee: 'a double tap is charged once, and twice without protection',
    on: 'Requests 1 · Charges 1',
    off: 'Requests 2 · Charges 2',
    chargesWithout: 2,
  },
  {
    id: 'duplicate-delivery',
    guarantee: 'a request that is delivered twice is charged once, and twice without protection',
    on: /Requests [23] · Charges 1/,
    off: 'Requests 2 · Charges 2',
    chargesWithout: 2,
  },
  {
    id: 'two-tabs',
    guarantee: 'Pay in two tabs is charged once, and twice without protection',
    on: /Requests \d · Charges 1/,
    off: 'Requests 2 · Charges 2',
    chargesWithout: 2,
  },
  {
    id: 'refresh',
    guarantee: 'a page that is reloaded while it pays is charged once, and twice without protection',
    on: /Requests \d · Charges 1/,
    off: 'Requests 2 · Charges 2',
    chargesWithout: 2,
  },
  {
    id: 'slow-bank',
    guarantee: 'a bank that is slower than the page is charged once, and for each try without protection',
    on: /Requests \d · Charges 1/,
    off: 'Requests 5 · Charges 5',
    chargesWithout: 5,
  },
  {
    id: 'tax-down',
    guarantee: 'a tax service that is down takes nothing, and the same key then pays once',
    // A third, when the shop went on by itself just before the page came back, and told it to wait.
    on: /Requests [23] · Charges 1/,
    off: 'Requests 2 · Charges 1',
    chargesWithout: 1,
  },
  {
    id: 'card-declined',
    guarantee: 'a declined card is asked about once, and another card then pays once',
    on: 'Requests 3 · Charges 1',
    off: 'Requests 3 · Charges 1',
    chargesWithout: 1,
  },
  {
    id: 'key-reused',
    guarantee: 'a request with a known key or a wrong total changes nothing',
    on: 'Requests 2 · Charges 1',
    off: 'Requests 2 · Charges 1',
    chargesWithout: 1,
  },
];

for (const { id, guarantee, on, off, chargesWithout } of lessons) {
  test(guarantee, async ({ scenes, truth, network, provider, database }) => {
    await scenes.open(id);
    await expect(await scenes.plays(id, 'on')).toContainText(on);
    await truth.isPaidOnce();
    expect(truth.keysSent()).not.toContain('no key');

    const before = network.sent.length;
    await expect(await scenes.plays(id, 'off')).toContainText(off);
    const without = network.sent.slice(before);
    expect(without.map(({ idempotencyKey }) => idempotencyKey)).toEqual(without.map(() => undefined));
    const cartId = without[0]?.input.cartId ?? '';
    expect(await provider.charges(cartId)).toHaveLength(chargesWithout);
    expect(database.orders(cartId)).toHaveLength(chargesWithout);
    truth.stockAddsUp();
  });
}

test('a shop that is killed between charge and save charges once, and without protection twice', async ({
  scenes,
  ownPayonce,
  truth,
  network,
  provider,
  database,
}) => {
  const killed = [ownPayonce.pidOf('server')];
  await scenes.open('server-killed');
  await expect(await scenes.plays('server-killed', 'on')).toContainText('Charges 1');
  await truth.isPaidOnce();
  expect(truth.keysSent()).toHaveLength(1);
  killed.push(ownPayonce.pidOf('server'));

  const before = network.sent.length;
  await expect(await scenes.plays('server-killed', 'off')).toContainText('Charges 2');
  const cartId = network.sent[before]?.input.cartId ?? '';
  expect(await provider.charges(cartId)).toHaveLength(2);
  // The first charge has no order: nobody came back for it.
  expect(database.orders(cartId)).toHaveLength(1);
  killed.push(ownPayonce.pidOf('server'));
  expect(new Set(killed).size).toBe(3);
});

test('without protection a shop that stays away for longer than the page tries is sent the order once more', async ({
  scenes,
  page,
  network,
  provider,
}) => {
  await scenes.open('server-killed');
  await scenes.plays('server-killed', 'on');
  const before = network.sent.length;
  let requests = 0;
  // The first is the one that kills the shop; the four that follow find nobody.
  await page.route('**/checkout.payUnprotected**', (route) => {
    requests += 1;
    return requests > 1 && requests <= 5 ? route.abort('connectionrefused') : route.fallback();
  });
  await expect(await scenes.plays('server-killed', 'off')).toContainText('Charges 2');
  expect(await provider.charges(network.sent[before]?.input.cartId ?? '')).toHaveLength(2);
});

for (const protection of ['on', 'off'] as const) {
  test(`the last item is sold to one of two buyers, protection ${protection}`, async ({
    scenes,
    network,
    provider,
    database,
    truth,
  }) => {
    await scenes.open('last-item');
    if (protection === 'off') await scenes.plays('last-item', 'on');
    const before = network.sent.length;
    await expect(await scenes.plays('last-item', protection)).toContainText('Requests 2 · Charges 1');
    const cartIds = [...new Set(network.sent.slice(before).map(({ input }) => input.cartId))];
    expect(cartIds).toHaveLength(2);
    const charges = await Promise.all(cartIds.map((cartId) => provider.charges(cartId)));
    expect(charges.map(({ length }) => length).toSorted()).toEqual([0, 1]);
    expect(cartIds.flatMap((cartId) => database.orders(cartId))).toHaveLength(1);
    expect(database.stock()['last-print']).toBe(0);
    truth.stockAddsUp();
  });
}

test('a visitor who is not at the machine of the shop cannot kill it', async ({ scenes, page }) => {
  await page.route('**/backstage.scenario.mayKill**', (route) =>
    route.continue({ headers: { ...route.request().headers(), 'x-forwarded-for': '203.0.113.7' } }),
  );
  await scenes.open('server-killed');
  const card = page.locator('article#server-killed');
  await expect(card).toContainText('only be run from the machine');
  await expect(card.getByRole('button')).toHaveCount(0);
});

test('a visitor who starts over is a new customer in front of a full shelf, and no order is lost', async ({
  shop,
  page,
  truth,
  database,
}) => {
  const startOver = async () => {
    await page.goto('/scenarios');
    await page.getByRole('button', { name: 'Start over as a new customer' }).click();
    await expect(page).toHaveURL('/');
  };
  await startOver();
  await shop.fillCheckout({ items: ['Last Print'] });
  await shop.pay();
  await shop.showsReceipt();
  const order = await truth.isPaidOnce();
  expect(database.stock()['last-print']).toBe(0);

  await startOver();
  expect(await page.evaluate(() => localStorage.getItem('payonce.email'))).toBeNull();
  await page.goto(`/orders/${order.orderId}`);
  await expect(page.getByRole('heading', { name: 'No such order' })).toBeVisible();
  expect(database.orders(truth.cartId)).toEqual([order]);
  expect(database.stock()['last-print']).toBe(1);
  truth.stockAddsUp();
});
