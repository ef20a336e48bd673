import { isClean } from './axe.ts';
import { type Buyer, expect, test } from './fixtures.ts';
import { keptAttempt, watchCheckout } from './key-watch.ts';
import { cards, type ShopPage } from './shop-page.ts';
import { writeDown } from './what-was-said.ts';

const lookUps = /checkout\.status/;

/** Gets no answer to the first request, is stopped by its buyer in the second: the shortest way to not knowing. */
async function payWithoutKnowing({ shop, network }: Buyer, card: string = cards.works): Promise<void> {
  network.holdTheRest();
  await shop.fillCheckout({ card });
  await shop.pay();
  await network.hasSent(2);
  await shop.checkout.getByRole('button', { name: 'Stop trying (the result stays unknown)' }).click();
  await shop.reaches('unknown');
  await network.letEverythingArrive();
}

test('unknown is a screen of its own: the whole reference, what it means, Check again, and no Pay', async ({
  buyer,
  shop,
  network,
  truth,
}) => {
  network.loseResponses(1);
  await payWithoutKnowing(buyer);
  const { key } = (await keptAttempt(shop.page)) ?? {};
  await expect(shop.alert).toContainText('We don’t know the result yet');
  await expect(shop.checkout.getByRole('heading', { name: 'We don’t know the result yet' })).toBeFocused();
  await expect(shop.checkout.getByTestId('reference')).toHaveText(key ?? 'none');
  await expect(shop.alert).toContainText('You can close this page; reopen it to see the result.');
  await expect(shop.alert).not.toContainText(/failed/i);
  await expect(shop.payButton).toHaveCount(0);
  await expect(shop.checkout.getByRole('button', { name: 'Copy' })).toBeVisible();
  await isClean(shop.page);
  await shop.checkout.getByRole('button', { name: 'Check again' }).click();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});

test('a double tap on Stop stops, and its second tap lets nothing go', async ({ shop, network, truth }) => {
  network.loseRequests(1);
  network.holdTheRest();
  await shop.fillCheckout();
  await shop.pay();
  await network.hasSent(2);
  const { mouse } = shop.page;
  await shop.checkout.getByRole('button', { name: 'Stop trying (the result stays unknown)' }).hover();
  await mouse.down();
  await mouse.up();
  // By now something else stands under the finger.
  await shop.checkout.getByRole('button', { name: 'Change the order or the card' }).waitFor();
  const kept = await keptAttempt(shop.page);
  await mouse.down({ clickCount: 2 });
  await mouse.up({ clickCount: 2 });
  await network.letEverythingArrive();
  await shop.checkout.getByRole('button', { name: 'Check again' }).click();
  await shop.showsReceipt();
  expect(truth.keysSent()).toEqual([`"${kept?.key}"`]);
  await truth.isPaidOnce();
});

test('a page that is closed in it shows the result when it is opened again', async ({
  buyer,
  shop,
  network,
  context,
  truth,
}) => {
  network.loseResponses(1);
  await payWithoutKnowing(buyer);
  await shop.page.close();
  const calls = watchCheckout(context);
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Paid' })).toBeVisible();
  expect(calls.map(({ procedure }) => procedure)).toEqual(['status']);
  await truth.isPaidOnce();
});

test('a shop that cannot be asked when the page is opened again: said on every screen, with a way to the reference', async ({
  buyer,
  shop,
  network,
  truth,
}) => {
  network.loseResponses(1);
  await payWithoutKnowing(buyer);
  const { key } = (await keptAttempt(shop.page)) ?? {};
  await shop.page.route(lookUps, (route) => route.fulfill({ status: 404, json: {} }));
  await shop.page.goto('/');
  const notice = shop.page.getByRole('complementary', { name: 'Your last payment' });
  await expect(notice).toContainText('We don’t know yet how your last payment ended.');
  await isClean(shop.page);
  await shop.page.unroute(lookUps);
  await notice.getByRole('link', { name: 'See it' }).click();
  await expect(shop.checkout.getByTestId('reference')).toHaveText(key ?? 'none');
  await shop.checkout.getByRole('button', { name: 'Check again' }).click();
  await shop.showsReceipt();
  await truth.isPaidOnce();
});

test.describe('another card after an unknown result asks first:', () => {
  const change = (shop: ShopPage) =>
    shop.checkout.getByRole('button', { name: 'Change the order or the card' }).click();

  test('what the shop never saw is let go, and the other card pays under a new key', async ({
    buyer,
    shop,
    network,
    context,
    truth,
  }) => {
    network.loseRequests(1);
    await payWithoutKnowing(buyer, cards.slowBank);
    const first = await keptAttempt(shop.page);
    const calls = watchCheckout(context);
    await change(shop);
    await expect(shop.alert).toContainText('The shop has not seen your payment');
    expect(await keptAttempt(shop.page)).toBeNull();
    await shop.chooseCard(cards.works);
    await shop.pay();
    await shop.showsReceipt();
    expect(calls.map(({ procedure }) => procedure)).toEqual(['status', 'pay']);
    expect(calls[0]?.key).toBe(first?.key);
    expect(calls[1]?.key).not.toBe(first?.key);
    await truth.isPaidOnce();
  });

  test('what was paid shows its receipt, and no second key is made', async ({ buyer, shop, network, truth }) => {
    network.loseResponses(1);
    await payWithoutKnowing(buyer);
    await change(shop);
    await shop.showsReceipt();
    await truth.isPaidOnce();
    expect(truth.keysSent()).toHaveLength(1);
  });

  test('what the shop still works on stays unknown, with its key', async ({ shop, provider, truth, database }) => {
    // Until the bank hears of it nobody can know, however long this test takes to ask.
    const endFault = await provider.fault({
      operation: 'payment_intents.create',
      fault: 'delay',
      delayMs: 30_000,
      times: 0,
      match: { email: shop.email },
    });
    await shop.fillCheckout();
    await shop.pay();
    await expect.poll(() => truth.keysSent()).toHaveLength(1);
    await expect.poll(() => database.keys(truth.cartId)).toHaveLength(1);
    await shop.checkout.getByRole('button', { name: 'Stop trying (the result stays unknown)' }).click();
    const first = await keptAttempt(shop.page);
    await shop.page.setViewportSize({ width: 390, height: 844 });
    let letItBeAsked = () => {};
    const mayBeAsked = new Promise<void>((resolve) => {
      letItBeAsked = resolve;
    });
    await shop.page.route(lookUps, async (route) => {
      await mayBeAsked;
      await route.continue();
    });
    await change(shop);
    await shop.reaches('in_progress');
    await expect(shop.checkout.getByRole('heading', { name: 'We don’t know the result yet' })).toBeVisible();
    await expect(shop.checkout.getByRole('button', { name: 'Asking the shop…' })).toBeFocused();
    letItBeAsked();
    await shop.reaches('unknown');
    const words = shop.checkout.getByRole('status').filter({ hasText: 'The shop is still working on it' });
    await expect(words).toBeInViewport({ ratio: 1 });
    await isClean(shop.page);
    expect(await keptAttempt(shop.page)).toEqual(first);
    await endFault();
    await shop.checkout.getByRole('button', { name: 'Check again' }).click();
    await shop.showsReceipt();
    await truth.isPaidOnce();
  });
});

test('a shop that answers nobody is waited for, in words that promise nothing else, and then paid once', async ({
  shop,
  truth,
}) => {
  await shop.fillCheckout();
  await shop.page.route('**/api/trpc/**', (route) => route.abort('connectionrefused'));
  await shop.pay();
  await shop.reaches('shop_silent');
  await expect(shop.status).toContainText(/The shop is not answering\. We wait \d+ s/);
  await expect(shop.status).not.toContainText(/failed/i);
  await shop.page.unroute('**/api/trpc/**');
  await shop.showsReceipt();
  expect(truth.keysSent()).toHaveLength(1);
  await truth.isPaidOnce();
});

test('offline is said, and being back is said', async ({ shop, context, truth }) => {
  await shop.fillCheckout();
  await context.setOffline(true);
  await shop.pay();
  await shop.reaches('offline');
  await expect(shop.status).toContainText('You’re offline. Nothing more is sent until you’re back');
  // It is said for as long as the answer takes.
  const said = await writeDown(shop.page);
  await context.setOffline(false);
  await shop.showsReceipt();
  await truth.isPaidOnce();
  const words = (await said()).map((one) => one.words);
  expect(words.join('\n')).toContain('You’re back online. Sending your payment.');
});
