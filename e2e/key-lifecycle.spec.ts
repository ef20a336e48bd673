import { expect, test } from './fixtures.ts';
import { areOfOneSender, keptAttempt, keysOf, watchCheckout } from './key-watch.ts';
import type { Fate } from './network.ts';
import { cards } from './shop-page.ts';
import { statesOf, writeDown } from './what-was-said.ts';

test('a page makes no key: not when it loads, not when it is reloaded, not before the tap', async ({
  shop,
  network,
}) => {
  await shop.fillCheckout();
  expect(await keptAttempt(shop.page)).toBeNull();
  await shop.page.reload();
  await shop.isReadyToPay();
  expect(await keptAttempt(shop.page)).toBeNull();
  expect(network.sent).toEqual([]);
});

test('the first tap stores the key, with all that is sent under it, before the first byte leaves', async ({
  shop,
  network,
  context,
  truth,
}) => {
  const calls = watchCheckout(context);
  await shop.fillCheckout();
  network.holdTheRest();
  await shop.pay();
  await network.hasSent(1);
  const kept = await keptAttempt(shop.page);
  expect(kept?.input).toEqual(calls[0]?.body);
  expect(kept?.key).toBe(calls[0]?.key);
  expect(kept?.input).toMatchObject({ cartVersion: 1, expectedTotalMinor: 2490, paymentMethod: 'pm_card_visa' });
  await network.letEverythingArrive();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});

test('a second tap, and Enter beside a click, send nothing and make no key', async ({
  shop,
  network,
  context,
  truth,
}) => {
  const calls = watchCheckout(context);
  await shop.fillCheckout();
  network.holdTheRest();
  await shop.page.evaluate(() => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.startsWith('Pay €'));
    button?.form?.requestSubmit(button);
    button?.click();
    button?.click();
  });
  await network.hasSent(1);
  // And once more, when the screen says that it is under way.
  await shop.checkout.getByRole('button', { name: 'Paying…' }).dispatchEvent('click');
  await network.letEverythingArrive();
  await shop.showsReceipt();
  expect(keysOf(calls)).toHaveLength(1);
  expect(areOfOneSender(calls)).toBe(true);
  await truth.isPaidOnce();
});

const json =
  (status: number, reason: string): Fate =>
  (route) =>
    route.fulfill({
      status,
      json: { error: { message: 'no', code: -32_000, data: { httpStatus: status, reason, retryable: true } } },
    });

for (const [name, fate] of [
  ['a broken connection', (route) => route.abort('connectionreset')],
  ['a 500', json(500, 'internal')],
  ['a 502 from a proxy', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' })],
  ['a 503', json(503, 'storage_unavailable')],
  ['no answer in time', () => undefined],
] as [string, Fate][]) {
  test(`${name} keeps the key`, async ({ shop, network, context, truth }) => {
    const calls = watchCheckout(context);
    await shop.fillCheckout();
    network.give(1, fate);
    network.holdTheRest();
    const said = await writeDown(shop.page);
    await shop.pay();
    await network.hasSent(2);
    await shop.reaches('retrying');
    const kept = await keptAttempt(shop.page);
    expect(kept?.key).toBe(calls[0]?.key);
    await network.letEverythingArrive();
    await shop.showsReceipt();
    expect(keysOf(calls)).toEqual([kept?.key]);
    expect(statesOf(await said()).slice(0, 4)).toEqual(['ready', 'sending', 'no_answer', 'retrying']);
    await truth.isPaidOnce();
  });
}

test('a reload keeps the key, and looks it up before it sends anything or offers to pay', async ({
  shop,
  network,
  context,
  truth,
}) => {
  network.loseResponses(1);
  network.holdTheRest();
  await shop.fillCheckout();
  await shop.pay();
  await network.hasSent(2);
  const kept = await keptAttempt(shop.page);
  const calls = watchCheckout(context);
  await shop.page.reload();
  await shop.showsReceipt();
  expect(calls).toEqual([expect.objectContaining({ procedure: 'status', key: kept?.key })]);
  await truth.isPaidOnce();
});

test('going away and Back keeps the key, looks it up first, and sends what it sent', async ({
  shop,
  network,
  context,
  truth,
}) => {
  await shop.fillCheckout();
  network.holdTheRest();
  await shop.pay();
  await network.hasSent(1);
  const kept = await keptAttempt(shop.page);
  await shop.page.goto('about:blank');
  await network.letEverythingArrive();
  const calls = watchCheckout(context);
  await shop.page.goBack();
  await shop.showsReceipt();
  expect(calls.map(({ procedure, key }) => [procedure, key])).toEqual([
    ['status', kept?.key],
    ['pay', kept?.key],
  ]);
  expect(calls[1]?.body).toEqual(kept?.input);
  await truth.isPaidOnce();
});

test('the end of a payment under way is not an end of the key when its sheet is closed by Back', async ({
  shop,
  network,
  truth,
  context,
}) => {
  const calls = watchCheckout(context);
  await shop.fillCheckout();
  network.holdTheRest();
  await shop.pay();
  await network.hasSent(1);
  await shop.page.goBack();
  await expect(shop.checkout).toBeHidden();
  await expect(shop.page.getByText('A payment for this cart is still open')).toBeVisible();
  await network.letEverythingArrive();
  await shop.showsReceipt();
  expect(keysOf(calls)).toHaveLength(1);
  await truth.isPaidOnce();
});

test('a decline that is final clears the key', async ({ shop, truth }) => {
  await shop.fillCheckout({ card: cards.declined });
  await shop.pay();
  await shop.reaches('declined');
  expect(await keptAttempt(shop.page)).toBeNull();
  await truth.isUnpaid();
});

test('success clears the key, and not before the receipt is there', async ({ shop, truth }) => {
  await shop.fillCheckout();
  let letReceiptPass = () => {};
  const receiptMayPass = new Promise<void>((resolve) => {
    letReceiptPass = resolve;
  });
  await shop.page.route('**/orders/**', async (route) => {
    await receiptMayPass;
    await route.fallback();
  });
  await shop.pay();
  await shop.reaches('paid');
  expect(await keptAttempt(shop.page)).not.toBeNull();
  letReceiptPass();
  await shop.showsReceipt();
  await expect.poll(() => keptAttempt(shop.page)).toBeNull();
  await truth.isPaidOnce();
});
