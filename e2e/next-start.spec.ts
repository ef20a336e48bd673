import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePorts } from '../test/payonce.ts';
import { EventReader } from '../test/shop/event-reader.ts';
import { Database } from './database.ts';
import { expect, test as shared } from './fixtures.ts';

/** The shop without its own server: `next start`, as on a host that runs nothing else. The sandbox is the shared one. */
const test = shared.extend<{ payonce: { shopUrl: string; sandboxUrl: string; databaseFile: string } }>({
  payonce: async ({ payonce }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'payonce-'));
    const databaseFile = join(folder, 'payonce.db');
    const [port = 0] = await freePorts(1);
    const child = startNext({
      PORT: String(port),
      DATABASE_URL: `file:${databaseFile}`,
      SANDBOX_PORT: new URL(payonce.sandboxUrl).port,
    });
    const shopUrl = `http://localhost:${port}`;
    // A page is the first that is asked for, as by a visitor: its bundle of the shop's code is now the one that runs, and
    // the routes have others.
    await expect.poll(() => isShown(shopUrl), { timeout: 30_000 }).toBe(true);
    await use({ shopUrl, sandboxUrl: payonce.sandboxUrl, databaseFile });
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  },
  database: async ({ payonce }, use) => {
    const database = new Database(payonce.databaseFile);
    await use(database);
    database.close();
  },
});

test('the App Router binding pays once and replays the answer byte for byte', async ({
  request,
  provider,
  database,
}) => {
  const cartId = randomUUID();
  const cart = { cartId, lines: [{ sku: 'field-notes', quantity: 1 }] };
  expect((await request.post('/api/trpc/cart.put', { data: cart })).status()).toBe(200);

  const pay = () =>
    request.post('/api/trpc/checkout.pay', {
      headers: { 'idempotency-key': cartId },
      data: { cartId, paymentMethod: 'pm_card_visa', expectedTotalMinor: 2490, email: 'next@example.com' },
    });
  const first = await pay();
  expect(first.status()).toBe(200);
  const second = await pay();
  expect(second.status()).toBe(200);
  expect(second.headers()['idempotent-replayed']).toBe('true');
  expect(await second.text()).toBe(await first.text());

  expect(database.orders(cartId)).toHaveLength(1);
  expect(await provider.charges(cartId)).toHaveLength(1);
});

test('the App Router binding answers plain HTTP as our own server does', async ({ request }) => {
  const post = (data: object) => request.post('/api/invoices', { headers: { 'idempotency-key': 'invoice-1' }, data });
  const invoice = { customer: 'Ada', amountMinor: 2500, currency: 'eur' };
  const first = await post(invoice);
  expect({ status: first.status(), made: (await first.json()).customer }).toEqual({ status: 201, made: 'Ada' });
  expect(first.headers()).toHaveProperty('idempotency-expires');
  const again = await post(invoice);
  expect({ status: again.status(), text: await again.text() }).toEqual({ status: 201, text: await first.text() });
  expect(again.headers()['idempotent-replayed']).toBe('true');

  const problems = [
    { response: await post({ ...invoice, customer: 'Eve' }), status: 409, reason: 'idempotency_key_reused' },
    {
      response: await request.post('/api/invoices', { data: invoice }),
      status: 400,
      reason: 'idempotency_key_required',
    },
    { response: await request.put('/api/carts/no-uuid', { data: {} }), status: 400, reason: 'invalid_input' },
    { response: await request.get(`/api/carts/${randomUUID()}`), status: 404, reason: 'not_found' },
  ];
  for (const { response, status, reason } of problems) {
    expect({ status: response.status(), ...(await response.json()) }).toMatchObject({ status, reason });
    expect(response.headers()['content-type']).toBe('application/problem+json');
  }
  const ofNoCart = await request.post('/api/trpc/checkout.pay', {
    headers: { 'idempotency-key': 'unknown-cart' },
    data: { cartId: randomUUID(), paymentMethod: 'pm_card_visa', expectedTotalMinor: 2490, email: 'next@example.com' },
  });
  expect({ status: ofNoCart.status(), ...(await ofNoCart.json()).error.data }).toMatchObject({
    status: 404,
    reason: 'not_found',
  });
});

test('the App Router binding streams the backstage event by event, and stops though a stream is open', async ({
  request,
  payonce,
}) => {
  const cartId = randomUUID();
  const cart = { cartId, lines: [{ sku: 'field-notes', quantity: 1 }] };
  const put = await request.post('/api/trpc/cart.put', { data: cart });
  const [cookie] = (put.headers()['set-cookie'] ?? '').split(';');
  // Left open: the fixture waits for the process to end.
  const watch = await EventReader.open(`${payonce.shopUrl}/api/trpc/backstage.watch`, cookie);
  await watch.until(({ isProviderKnown, total }) => isProviderKnown && total.requests === 0);
  await request.post('/api/trpc/checkout.pay', {
    headers: { 'idempotency-key': cartId },
    data: { cartId, paymentMethod: 'pm_card_visa', expectedTotalMinor: 2490, email: 'next@example.com' },
  });
  await watch.until(({ total }) => total.requests === 1 && total.charges === 1);
});

test('the App Router binding serves the shop', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Add Field Notes to cart' })).toBeVisible();
});

async function isShown(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function startNext(settings: Record<string, string>): ChildProcess {
  const leash = pathToFileURL('scripts/supervisor/leash.mjs').href;
  return spawn(process.execPath, ['--import', leash, 'node_modules/next/dist/bin/next', 'start'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', LOG_LEVEL: 'warn', ...settings },
  });
}
