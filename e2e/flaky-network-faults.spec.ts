import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { writeDown } from './what-was-said.ts';

/** Brings the network by its address. Once the page is at work it has kept it, and it holds on every page that follows. */
async function withScript(page: Page, script: string, seed = 1): Promise<void> {
  await page.goto(`/?script=${script}&seed=${seed}`);
  await page.getByRole('button', { name: 'Add Field Notes to cart' }).waitFor();
}

/** One try that goes wrong in each way, and how many requests the shop then receives before the payment is answered. */
const faults = [
  { script: 'lose_request', received: 1 },
  { script: 'lose_response', received: 2 },
  { script: 'cut_midway', received: 2 },
  { script: 'delay', received: 1 },
  { script: 'duplicate', received: 2 },
  { script: 'offline', received: 1 },
  { script: 'answer_503', received: 1 },
  { script: 'answer_429', received: 1 },
] as const;

for (const { script, received } of faults) {
  test(`charges once with ${script}`, async ({ shop, truth }) => {
    await withScript(shop.page, script);
    await shop.fillCheckout();
    await shop.pay();
    await shop.showsReceipt();
    await shop.showsBill({ requests: received, charges: 1 });
    await truth.isPaidOnce();
    expect(truth.keysSent()).toHaveLength(1);
  });
}

test('charges once when three different things go wrong in a row', async ({ shop, truth }) => {
  await withScript(shop.page, 'answer_429.cut_midway.lose_request');
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  await shop.showsBill({ requests: 2, charges: 1 });
  await truth.isPaidOnce();
});

test('a connection that goes away pauses the payment, says so, and lets it go on by itself', async ({
  shop,
  truth,
}) => {
  // With this seed it is away for four seconds and a half.
  await withScript(shop.page, 'offline', 37);
  await shop.fillCheckout();
  // It passes by itself, so what it says is written down.
  const said = await writeDown(shop.page);
  await shop.pay();
  await shop.showsReceipt();
  const offline = (await said()).find(({ state }) => state === 'offline');
  expect(offline?.words).toContain('You’re offline. Nothing more is sent until you’re back');
  await truth.isPaidOnce();
});

test.describe('the real connection, cut by the shop after the commit', () => {
  test('the browser sends a request again by itself; with a key it is charged once', async ({
    shop,
    network,
    truth,
  }) => {
    await withScript(shop.page, 'cut_socket');
    await shop.fillCheckout();
    await shop.pay();
    await shop.showsReceipt();
    await shop.showsBill({ requests: 3, charges: 1 });
    await truth.isPaidOnce();
    expect(truth.keysSent()).toHaveLength(1);
    // The page knows of one, the shop has received three: the rest is the browser's.
    expect(network.sent).toHaveLength(1);
  });

  test('without one it is charged more often than the page has sent it', async ({ shop, network, truth }) => {
    await withScript(shop.page, 'cut_socket');
    await shop.fillCheckout();
    await shop.turn('Protection', 'off');
    await shop.pay();
    await shop.showsReceipt();
    await shop.showsBill({ requests: 3, charges: 3 });
    await truth.isCharged(3);
    expect(network.sent).toHaveLength(1);
  });
});
