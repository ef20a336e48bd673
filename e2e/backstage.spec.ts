import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { cards } from './shop-page.ts';

/** The four numbers as they are read: `Taps 1 · Requests 3 · …`. */
function headline(page: Page) {
  const figure = (name: string) =>
    page
      .getByTestId('headline')
      .locator('div')
      .filter({ has: page.getByText(name, { exact: true }) })
      .locator('dd');
  return {
    async shows(counts: { taps: number; requests: number; executions: number; charges: number }) {
      await expect(figure('Charges').first()).toHaveText(String(counts.charges), { timeout: 20_000 });
      await expect(figure('Requests')).toHaveText(String(counts.requests));
      await expect(figure('Executions')).toHaveText(String(counts.executions));
      await expect(figure('Taps')).toHaveText(String(counts.taps));
    },
  };
}

const check = (page: Page, name: string) => page.locator(`[data-check="${name}"]`);

test('three tries with one key are told live: one tap, three requests, one execution, one charge', async ({ shop }) => {
  const { page } = shop;
  await shop.fillCheckout();
  await shop.turn('Flaky network', 'on');
  await shop.pay();
  await shop.showsReceipt();
  await headline(page).shows({ taps: 1, requests: 3, executions: 1, charges: 1 });
  await expect(page.getByRole('heading', { name: 'Charged once.' })).toBeVisible();
  await expect(page.locator('[data-check][data-verdict="holds"]')).toHaveCount(6);

  const key = page.getByTestId('key-row');
  await expect(key).toHaveAttribute('data-state', 'completed');
  await expect(key).toContainText('reserved');
  await expect(key).toContainText(/Requests seen\s*3/);
  await expect(key).toContainText(/Replays served\s*2/);
  const shownEnd = (await page.getByTestId('lane').first().getByText(/^key /).textContent()) ?? '';
  await expect(key.getByText(shownEnd, { exact: true })).toBeVisible();
  await key.getByText('Stored answer, status 200').click();
  await expect(key).toContainText(`"orderNumber": "${await shop.orderNumber.textContent()}"`);

  await page.getByRole('tab', { name: 'Mail' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('arrived once');
  await page.getByRole('tab', { name: 'Requests' }).click();
  await expect(page.getByRole('tabpanel').getByText('Replayed', { exact: true })).toHaveCount(2);
  await expect(page.getByRole('tabpanel').getByText(shownEnd, { exact: true })).toHaveCount(3);
});

test('a double tap is two taps and one request', async ({ shop, truth }) => {
  await shop.fillCheckout();
  await shop.payButton.dblclick();
  await shop.showsReceipt();
  await headline(shop.page).shows({ taps: 2, requests: 1, executions: 1, charges: 1 });
  await truth.isPaidOnce();
});

test('a key that is being worked on shows its recovery point and its lease running out', async ({ shop }) => {
  await shop.fillCheckout({ card: cards.slowBank });
  await shop.pay();
  const key = shop.page.getByTestId('key-row');
  await expect(key).toHaveAttribute('data-state', 'pending');
  await expect(key).toContainText('reserved');
  const lease = key.locator('[role="timer"]');
  const first = await lease.textContent();
  expect(first).toMatch(/^ends in \d+ s$/);
  await expect(lease).not.toHaveText(first ?? '');
  await shop.showsReceipt();
  await expect(key).toHaveAttribute('data-state', 'completed');
});

test('what the phone has given up is not charged yet while the shop is at work', async ({ shop, sandbox }) => {
  const { page } = shop;
  const says = (words: string) => expect(page.getByText(words, { exact: true })).toBeVisible();
  // Longer than this test takes to look.
  const match = { email: shop.email };
  await sandbox.fault({ operation: 'payment_intents.create', fault: 'delay', delayMs: 30_000, times: 0, match });
  await shop.fillCheckout();
  await shop.turn('Protection', 'off');
  await shop.pay();
  await headline(page).shows({ taps: 1, requests: 1, executions: 0, charges: 0 });
  await shop.checkout.getByRole('button', { name: 'Stop trying (the result stays unknown)' }).click();
  await shop.reaches('unknown');
  await says('Not charged yet.');
  await says('Without a key nobody can ask the shop, and sending it again may be a second charge.');
});

test('a declined card is an execution with a stored answer and no charge', async ({ shop }) => {
  await shop.fillCheckout({ card: cards.declined });
  await shop.pay();
  await shop.reaches('declined');
  await headline(shop.page).shows({ taps: 1, requests: 1, executions: 1, charges: 0 });
  await expect(shop.page.getByText('Nothing charged.', { exact: true })).toBeVisible();
  await expect(shop.page.getByText('Choose Visa •••• 4242, then tap Pay', { exact: true })).toBeVisible();
  const key = shop.page.getByTestId('key-row');
  await expect(key).toContainText('Stored answer, status 402');
  await expect(key).toContainText('card_declined');
});

test('the requests of one key are told apart from those of another', async ({ shop }) => {
  const { page } = shop;
  await shop.fillCheckout({ card: cards.declined });
  await shop.pay();
  await shop.reaches('declined');
  await shop.chooseCard(cards.works);
  await shop.pay();
  await shop.showsReceipt();
  await page.getByRole('tab', { name: 'Requests' }).click();
  const rows = page.getByTestId('request');
  await expect(rows).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Requests with' }).selectOption({ index: 2 });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Executed: card declined');
});

test('without protection the numbers and the checks say in words what went wrong', async ({ shop }) => {
  const { page } = shop;
  await shop.fillCheckout();
  await shop.turn('Flaky network', 'on');
  await shop.turn('Protection', 'off');
  await shop.pay();
  await shop.showsReceipt();
  await headline(page).shows({ taps: 1, requests: 3, executions: 3, charges: 3 });
  await expect(page.getByRole('heading', { name: 'Charged 3 times.' })).toBeVisible();
  await expect(check(page, 'one_charge_per_cart')).toContainText('broken');
  await expect(check(page, 'one_order_per_cart')).toContainText('broken');
  // Each charge has an order and each order its pieces: it is wrong, and the books say exactly how wrong.
  await expect(check(page, 'money_adds_up')).toHaveAttribute('data-verdict', 'holds');
  await expect(check(page, 'stock_adds_up')).toHaveAttribute('data-verdict', 'holds');
});

test('a visitor is led from the first tap to the lesson, and not again', async ({ shop }) => {
  const { page } = shop;
  const steps = page.getByRole('region', { name: 'First steps' });
  await page.goto('/');
  await expect(steps).toContainText('Add the Field Notes to your cart');
  await shop.addToCart('Field Notes');
  await expect(steps).toContainText('Open your cart, then Checkout');
  await shop.fillCheckout({ items: [] });
  await shop.turn('Flaky network', 'on');
  await shop.pay();
  await shop.showsReceipt();
  await expect(steps).toContainText('3 requests, 1 charge');
  await steps.getByRole('button', { name: 'Next' }).click();
  await expect(steps).toContainText('Now without the key');
  await steps.getByRole('button', { name: 'Skip the steps' }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Show me the steps' })).toBeVisible();
  await expect(steps).toHaveCount(0);
});

test('after a reload the shop still tells what the last payment was', async ({ shop }) => {
  await shop.fillCheckout();
  await shop.turn('Flaky network', 'on');
  await shop.pay();
  await shop.showsReceipt();
  await shop.page.reload();
  await headline(shop.page).shows({ taps: 1, requests: 3, executions: 1, charges: 1 });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('a visitor is led there too, and may send the steps away', async ({ shop }) => {
    const { page } = shop;
    const steps = page.getByRole('region', { name: 'First steps' });
    await page.goto('/');
    await expect(steps).toContainText('Add the Field Notes to your cart');
    await shop.addToCart('Field Notes');
    await expect(steps).toContainText('Open your cart, then Checkout');
    await steps.getByRole('button', { name: 'Skip the steps' }).click();
    await expect(steps).toHaveCount(0);
    await page.reload();
    await page.getByRole('button', { name: 'Add Field Notes to cart' }).waitFor();
    await expect(steps).toHaveCount(0);
  });

  test('a visitor is led through the checkout to the lesson, by what stands on the screen alone', async ({ shop }) => {
    const { page } = shop;
    const steps = page.getByRole('region', { name: 'First steps' });
    await shop.fillCheckout();
    const inCheckout = shop.checkout.getByRole('region', { name: 'First steps' });
    await expect(inCheckout).toContainText('Turn on Flaky network, then tap Pay');
    await shop.turn('Flaky network', 'on');
    await expect(inCheckout).toContainText('Now tap Pay');
    await shop.pay();
    await shop.showsReceipt();
    await expect(steps).toContainText('3 requests, 1 charge');
    await steps.getByRole('button', { name: 'Next' }).click();
    await shop.fillCheckout();
    await expect(inCheckout).toContainText('Turn Protection off, then tap Pay');
    await shop.turn('Protection', 'off');
    await shop.pay();
    await shop.showsReceipt();
    await expect(steps).toContainText('That is what the key is for');
    await steps.getByRole('link', { name: 'Scenarios' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Twelve things that go wrong.' })).toBeVisible();
  });

  test('the backstage is a place of its own, one tap away', { tag: '@phone' }, async ({ shop }) => {
    const { page } = shop;
    await shop.fillCheckout();
    await shop.turn('Flaky network', 'on');
    await shop.pay();
    await shop.showsReceipt();
    await page.getByRole('link', { name: 'Backstage, what the shop saw' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Backstage' })).toBeVisible();
    await headline(page).shows({ taps: 1, requests: 3, executions: 1, charges: 1 });
    await page.getByRole('tab', { name: 'Orders' }).click();
    await expect(page.getByRole('tabpanel')).toContainText('Charged by the provider');
  });
});
