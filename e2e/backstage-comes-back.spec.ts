import { randomUUID } from 'node:crypto';
import { isHealthy, type Payonce, startPayonce } from '../test/payonce.ts';
import { EventReader } from '../test/shop/event-reader.ts';
import { expect, test as shared } from './fixtures.ts';

/** A Payonce of its own: the others of the suite must not have their shop killed under them. */
const test = shared.extend<{ payonce: Payonce }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  payonce: async ({}, use) => {
    const payonce = await startPayonce();
    await use(payonce);
    await payonce.stop();
  },
});

test('the backstage says that the shop is gone, and is whole again by itself when it is back', async ({
  shop,
  payonce,
}) => {
  const { page } = shop;
  const connection = page.getByTestId('connection');
  await shop.fillCheckout();
  await shop.pay();
  await shop.showsReceipt();
  await expect(connection).toHaveText('Live from the shop');
  process.kill(payonce.pidOf('server') ?? 0, 'SIGKILL');
  await expect(connection).toContainText('The shop does not answer');
  // What was said last stays in sight.
  await expect(page.getByTestId('key-row')).toHaveAttribute('data-state', 'completed');
  await expect.poll(() => isHealthy(payonce.shopUrl), { intervals: [50] }).toBe(true);
  await expect(connection).toHaveText('Live from the shop');

  // The same customer, elsewhere: the stream that came back is theirs, and alive.
  const cartId = randomUUID();
  await page.request.post('/api/trpc/cart.put', { data: { cartId, lines: [{ sku: 'field-notes', quantity: 1 }] } });
  await page.request.post('/api/trpc/checkout.pay', {
    headers: { 'idempotency-key': cartId },
    data: { cartId, paymentMethod: 'pm_card_visa', expectedTotalMinor: 2490, email: shop.email },
  });
  await expect(page.getByTestId('key-row')).toHaveCount(2);
});

test('a shop that is told to stop ends the streams first, so that they hold nothing up', async ({ page, payonce }) => {
  await page.goto('/');
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const watch = await EventReader.open(`${payonce.shopUrl}/api/trpc/backstage.watch`, cookie);
  await watch.until(() => true);
  const pid = payonce.pidOf('server');
  process.kill(pid ?? 0, 'SIGTERM');
  const names: string[] = [];
  for (let event = await watch.next(); event; event = await watch.next()) names.push(event.name);
  expect(names.at(-1)).toBe('return');
  // Nor does the connection that it leaves behind, which Node would keep for five seconds.
  await expect.poll(() => payonce.pidOf('server'), { timeout: 3_000 }).not.toBe(pid);
});
