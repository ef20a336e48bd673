import type { Locator, Page } from '@playwright/test';
import { isClean } from './axe.ts';
import { expect, test } from './fixtures.ts';
import type { ShopPage } from './shop-page.ts';

/** The timeline beside the phone, as somebody reads it. */
function timelineOn(page: Page) {
  const whole = page.getByTestId('timeline');
  // A replay keeps room for those that have not begun, and does not show them.
  const lanes = whole.getByTestId('lane').filter({ visible: true });
  const lane = (number: number) =>
    lanes.filter({ has: page.getByRole('button', { name: new RegExp(`^Try ${number}\\b`) }) });
  return { whole, lanes, lane };
}

async function payOver(shop: ShopPage, script: string) {
  await arriveWith(shop, script);
  await shop.pay();
  await shop.showsReceipt();
  return timelineOn(shop.page);
}

/** At a checkout that is filled in, with a network that does to each try what the script says. */
async function arriveWith(shop: ShopPage, script: string): Promise<void> {
  await shop.page.goto(`/?script=${script}&seed=1`);
  await shop.page.getByRole('button', { name: 'Add Field Notes to cart' }).waitFor();
  await shop.fillCheckout();
}

test('a lost answer is done in the shop and failed here; a lost request is nowhere but here', async ({ shop }) => {
  const { lanes, lane, whole } = await payOver(shop, 'lose_response.lose_request');
  await expect(whole).toContainText('Sent 3 · Received 2');
  await expect(lanes).toHaveCount(3);
  await expect(lane(1)).toContainText('no answer');
  await expect(lane(1)).toContainText('carried out');
  await expect(lane(1)).toContainText('The shop had answered. The answer was lost.');
  await expect(lane(1)).toContainText(/Waits \d+ ms, drawn at random/);
  await expect(lane(2)).toContainText('It did not reach the shop.');
  await expect(lane(3)).toContainText('same answer again');
  await expect(lane(3)).toContainText('answered');
  const keys = await lanes.getByText(/^key [\da-f]{8}$/).allTextContents();
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
});

test('it is drawn while it happens: a try that is lost, the pause, and the next one on its way', async ({
  shop,
  network,
}) => {
  network.loseRequests(1);
  network.holdTheRest();
  await shop.fillCheckout();
  await shop.pay();
  await network.hasSent(2);
  const { whole, lanes } = timelineOn(shop.page);
  await expect(whole).toContainText('Sent 2 · Received 0');
  await expect(lanes.nth(0)).toContainText('The shop shows no record of it.');
  await expect(lanes.nth(0)).toContainText(/Waits \d+ ms, drawn at random/);
  await expect(lanes.nth(1)).toContainText('On its way to the shop.');
  await expect(whole.getByText('Replay at ¼ speed')).toHaveCount(0);
  await network.letEverythingArrive();
  await shop.showsReceipt();
  await expect(lanes.nth(1)).toContainText('carried out');
});

test('what the browser sent by itself is marked as that, and the network’s double as that', async ({ shop }) => {
  const { whole, lane } = await payOver(shop, 'cut_socket');
  await expect(lane(1).getByText('sent again by your browser').first()).toBeVisible();
  await expect(whole).toContainText('Sent 1 · Received 3');
  const doubled = await payOver(shop, 'duplicate');
  await expect(doubled.lane(1).getByText('delivered twice by the network')).toBeVisible();
  await expect(doubled.whole).toContainText('Sent 1 · Received 2');
});

test('Retry-After is told apart from what was drawn on top of it', async ({ shop }) => {
  const { lane } = await payOver(shop, 'answer_429');
  await expect(lane(1)).toContainText('It was turned away before the shop.');
  await expect(lane(1)).toContainText(/asked for \d\.00 s \(Retry-After\), drew \d+ ms on top/);
});

test('without a key every lane says so, and each further run is marked', async ({ shop }) => {
  await arriveWith(shop, 'lose_response');
  await shop.turn('Protection', 'off');
  await shop.pay();
  await shop.showsReceipt();
  const { lanes, lane } = timelineOn(shop.page);
  await expect(lanes.getByText('no key')).toHaveCount(2);
  await expect(lane(2)).toContainText('carried out again');
});

test('the times are shown when a lane is pointed at or opened, and stand in a table', async ({ shop }) => {
  const { whole, lane } = await payOver(shop, 'lose_response');
  const head = lane(1).getByRole('button');
  await expect(lane(1).getByText(/^You: 0 ms to /)).toBeHidden();
  await lane(2).hover();
  await expect(lane(2).getByText(/^You: /)).toBeVisible();
  await head.focus();
  await expect(lane(1).getByText(/^You: 0 ms to [\d.]+ m?s\. Shop: [\d.]+ m?s to /)).toBeVisible();
  await whole.getByText('All times as a table').click();
  const rows = whole.getByRole('table').getByRole('row');
  await expect(rows.filter({ hasText: 'Shop' })).toHaveCount(2);
  await expect(rows.filter({ hasText: 'Pause' })).toContainText('drawn at random');
});

test('a replay begins with the first try and ends with the whole story', async ({ shop }) => {
  const { whole } = await payOver(shop, 'lose_response');
  // A story may be over in the blink of an eye, so how many lanes there were is written down.
  const counted = await writeDownLanes(whole);
  await whole.getByRole('button', { name: 'Replay at ¼ speed' }).click();
  await expect.poll(counted).toEqual([2, 1, 2]);
  await whole.getByRole('button', { name: 'At 1×' }).click();
  await expect.poll(counted).toEqual([2, 1, 2, 1, 2]);
  await expect(whole.getByRole('button', { name: 'Replay at ¼ speed' })).toBeVisible();
});

test('a replay can be ended, and then shows all', async ({ shop }) => {
  // A pause that the shop asked for: a quarter of its speed is longer than this takes.
  const { whole, lanes } = await payOver(shop, 'answer_429');
  await whole.getByRole('button', { name: 'Replay at ¼ speed' }).click();
  await expect(lanes).toHaveCount(1);
  await whole.getByRole('button', { name: 'Show all' }).click();
  await expect(lanes).toHaveCount(2);
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves below a replay: what has not begun has its room already', async ({ shop }) => {
    const { whole, lanes } = await payOver(shop, 'cut_socket.answer_429');
    const table = whole.getByText('All times as a table');
    const top = await topOf(table);
    const next = whole.getByRole('button', { name: /^Next, / });
    await whole.getByRole('button', { name: 'Replay step by step' }).click();
    await expect(lanes).toHaveCount(1);
    for (let step = 1; step < 5; step += 1) {
      expect(await topOf(table)).toBe(top);
      await next.click();
    }
  });

  test('a replay goes from moment to moment, by hand', async ({ shop }) => {
    const { whole, lanes } = await payOver(shop, 'lose_response');
    await whole.getByRole('button', { name: 'Replay step by step' }).click();
    await expect(lanes).toHaveCount(1);
    const next = whole.getByRole('button', { name: /^Next, \d+ of \d+$/ });
    const steps = Number((await next.textContent())?.split(' ').at(-1));
    for (let step = 0; step < steps; step += 1) await next.click();
    await expect(whole.getByRole('button', { name: 'Replay step by step' })).toBeVisible();
    await expect(lanes).toHaveCount(2);
  });
});

test('axe finds nothing, in light and in dark: the timeline with its table, and the network settings both ways', async ({
  shop,
  page,
}) => {
  const { whole } = await payOver(shop, 'cut_socket.answer_429');
  await whole.getByText('All times as a table').click();
  await isClean(page);
  await shop.fillCheckout();
  await shop.checkout.getByRole('button', { name: 'Network settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Network settings' });
  await settings.getByRole('combobox', { name: 'Try 1' }).waitFor();
  await isClean(page);
  await settings.getByText('By chance').click();
  await settings.getByRole('slider', { name: 'Lose the response, chance' }).waitFor();
  await isClean(page);
});

/** Where it stands in what scrolls: a click may have brought it into sight. */
const topOf = (locator: Locator) =>
  locator.evaluate((element) => {
    const timeline = element.closest('[data-testid="timeline"]') ?? element;
    return element.getBoundingClientRect().top - timeline.getBoundingClientRect().top;
  });

/** How many lanes the timeline has had, one number for each change. */
async function writeDownLanes(whole: Locator): Promise<() => Promise<number[]>> {
  const counts = await whole.evaluateHandle((timeline) => {
    const seen: number[] = [];
    const look = () => {
      const count = timeline.querySelectorAll('[data-testid="lane"]:not([inert])').length;
      if (count !== seen.at(-1)) seen.push(count);
    };
    look();
    new MutationObserver(look).observe(timeline, { subtree: true, childList: true, attributes: true });
    return seen;
  });
  return () => counts.jsonValue();
}
