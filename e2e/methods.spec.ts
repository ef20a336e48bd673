import type { Locator, Page } from '@playwright/test';
import { isClean } from './axe.ts';
import { expect, test } from './fixtures.ts';

const cardOf = (page: Page, name: string) => page.getByRole('article', { name, exact: true });

async function press(card: Locator): Promise<void> {
  await card.getByRole('button', { name: 'Press twice' }).click();
  await expect(card.locator('[data-verdict]')).toBeVisible();
}

/** The row, its verdict, the statuses of both answers, and what the server had before, between and after. */
const rows = [
  ['Read a cart', 'Changed nothing.', [200, 200], [/^version 1: 1 × field-notes$/, /^version 1/, /^version 1/]],
  ['Read only its headers', 'Changed nothing.', [200, 200], [/^version 1/, /^version 1/, /^version 1/]],
  ['Put a cart', 'Changed once.', [201, 200], [/^no cart$/, /^version 1: 2 × field-notes$/, /^version 1: 2/]],
  ['Delete a cart', 'Changed once.', [204, 204], [/^version 1/, /^no cart$/, /^no cart$/]],
  [
    'Pay, without a key',
    'Changed twice.',
    [200, 200],
    [/^0 charges, 0 orders, €0.00/, /^1 charge, 1 order/, /^2 charges, 2 orders, €49.80 taken$/],
  ],
  [
    'Pay, with a key',
    'Changed once.',
    [201, 201],
    [/^0 charges, 0 orders/, /^1 charge, 1 order/, /^1 charge, 1 order, €24.90 taken$/],
  ],
  [
    'Make an invoice, without a key',
    'Refused both times.',
    [400, 400],
    [/^0 invoices$/, /^0 invoices$/, /^0 invoices$/],
  ],
  ['Make an invoice, with a key', 'Changed once.', [201, 201], [/^0 invoices$/, /^1 invoice$/, /^1 invoice$/]],
  ['Add one', 'Changed twice.', [200, 200], [/^no counter$/, /^value 1$/, /^value 2$/]],
  ['Set a value', 'Changed once.', [200, 200], [/^no counter$/, /^value 5$/, /^value 5$/]],
] as const;

for (const [name, verdict, statuses, states] of rows) {
  test(`${name}: ${verdict}`, async ({ page }) => {
    await page.goto('/methods');
    const card = cardOf(page, name);
    await press(card);
    await expect(card.getByRole('status')).toContainText(verdict);
    for (const [index, answer] of ['First answer', 'Second answer'].entries()) {
      await expect(card.getByRole('region', { name: answer })).toContainText(String(statuses[index]));
    }
    await expect(card.getByRole('definition')).toHaveText([...states]);
  });
}

/** Everything that the page asks of the plain routes; the last of a press is a look, so its path names what was pressed. */
function pathsAsked(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/api\/(carts|counters|invoices)\//.test(pathname)) paths.push(pathname);
  });
  return paths;
}

for (const [name, status, body] of [
  ['Read a cart', 200, { version: 1, lines: [{ sku: 'field-notes', quantity: 1 }] }],
  ['Read only its headers', 200, { version: 1, lines: [{ sku: 'field-notes', quantity: 1 }] }],
  ['Put a cart', 200, { version: 1, lines: [{ sku: 'field-notes', quantity: 2 }] }],
  ['Delete a cart', 404, {}],
  ['Add one', 200, { value: 2 }],
  ['Set a value', 200, { value: 5 }],
] as const) {
  test(`${name}: the server has what the press says, whoever asks it`, async ({ page }) => {
    const paths = pathsAsked(page);
    await page.goto('/methods');
    await press(cardOf(page, name));
    const answer = await page.request.get(paths.at(-1) ?? '');
    expect(answer.status()).toBe(status);
    expect(await answer.json()).toMatchObject(body);
  });
}

for (const [name, path, count] of [
  ['Pay, without a key', '/api/trpc/checkout.payUnprotected', 2],
  ['Pay, with a key', '/api/payments', 1],
] as const) {
  test(`${name}: the books of the provider and of the shop say so too`, async ({ page, database, provider }) => {
    const bodies: { cartId: string }[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === path) bodies.push(request.postDataJSON() as { cartId: string });
    });
    await page.goto('/methods');
    await press(cardOf(page, name));
    const [first, second] = bodies;
    expect(second).toEqual(first);
    expect(await provider.charges(first?.cartId ?? '')).toHaveLength(count);
    expect(database.orders(first?.cartId ?? '')).toHaveLength(count);
  });
}

for (const [name, statuses] of [
  ['Make an invoice, without a key', [404, 404]],
  ['Make an invoice, with a key', [200, 404]],
] as const) {
  test(`${name}: the numbers that were given say so too`, async ({ page }) => {
    await page.goto('/methods');
    await press(cardOf(page, name));
    for (const [index, status] of statuses.entries()) {
      expect((await page.request.get(`/api/invoices/INV-00000${index + 1}`)).status()).toBe(status);
    }
  });
}

test('a key makes the second answer the first one again, byte for byte', async ({ page }) => {
  await page.goto('/methods');
  for (const name of ['Pay, with a key', 'Make an invoice, with a key']) {
    const card = cardOf(page, name);
    await press(card);
    const second = card.getByRole('region', { name: 'Second answer' });
    await expect(second).toContainText('Idempotent-Replayed: true');
    await expect(second).toContainText('The same body, byte for byte.');
    await expect(second.locator('mark')).toHaveCount(0);
    await expect(card.getByRole('region', { name: 'First answer' })).not.toContainText('Replayed');
  }
});

test('a row can be pressed again, and starts from what is there', async ({ page }) => {
  await page.goto('/methods');
  const card = cardOf(page, 'Add one');
  await press(card);
  await card.getByRole('button', { name: 'Press twice' }).press('Enter');
  await expect(card.getByRole('definition')).toHaveText(['value 2', 'value 3', 'value 4']);
});

test('axe finds nothing, in light and in dark: the methods, not pressed and pressed', async ({ page }) => {
  await page.goto('/methods');
  await isClean(page);
  for (const name of ['Read a cart', 'Pay, without a key', 'Pay, with a key', 'Make an invoice, without a key']) {
    await press(cardOf(page, name));
  }
  await isClean(page);
});

for (const width of [320, 390, 1920]) {
  test(`fits a screen of ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 });
    await page.goto('/methods');
    await press(cardOf(page, 'Pay, with a key'));
    await press(cardOf(page, 'Pay, without a key'));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}
