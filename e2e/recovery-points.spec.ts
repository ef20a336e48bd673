import { randomUUID } from 'node:crypto';
import { isHealthy, type Payonce, startPayonce } from '../test/payonce.ts';
import { Customer } from '../test/shop/customer.ts';
import type { Database } from './database.ts';
import { expect, test as shared } from './fixtures.ts';
import type { Fault, Provider } from './provider.ts';

/** A Payonce of its own, because its shop is killed; a short lease, because a retry waits for it. */
const test = shared.extend<{ payonce: Payonce }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  payonce: async ({}, use) => {
    const payonce = await startPayonce({ IDEMPOTENCY_LEASE_MS: '1000' });
    await use(payonce);
    await payonce.stop();
  },
});

/** Where the run stands still, so that it can be killed there, and what it has committed by then. */
const POINTS = [
  { recoveryPoint: 'claimed', operation: 'tax.quote', fault: 'delay', charges: 0 },
  { recoveryPoint: 'claimed', operation: 'payment_intents.create', fault: 'delay', charges: 0 },
  { recoveryPoint: 'claimed', operation: 'payment_intents.create', fault: 'delay_answer', charges: 0 },
  { recoveryPoint: 'reserved', operation: 'payment_intents.confirm', fault: 'delay', charges: 0 },
  { recoveryPoint: 'reserved', operation: 'payment_intents.confirm', fault: 'delay_answer', charges: 1 },
] as const;

for (const point of POINTS) {
  const where = `${point.recoveryPoint} when it is killed at ${point.operation} (${point.fault})`;

  test(`is carried on from ${where} by a retry with the same key`, async ({ payonce, database, provider, sandbox }) => {
    const { customer, cartId, key } = await killedAt(point, { payonce, database, provider, sandbox });
    await expect.poll(async () => (await customer.pay(key, { cartId })).status, { timeout: 40_000 }).toBe(200);
    const replay = await customer.pay(key, { cartId });
    expect(replay.headers.get('Idempotent-Replayed')).toBe('true');
    await isPaidOnce(cartId, { database, provider });
  });

  test(`is finished from ${where} by itself`, async ({ payonce, database, provider, sandbox }) => {
    const { cartId } = await killedAt(point, { payonce, database, provider, sandbox });
    await expect.poll(() => database.orders(cartId), { timeout: 40_000 }).toHaveLength(1);
    await isPaidOnce(cartId, { database, provider });
  });
}

interface World {
  readonly payonce: Payonce;
  readonly database: Database;
  readonly provider: Provider;
  readonly sandbox: { fault(fault: Fault): Promise<void> };
}

/** A payment whose shop was killed while it stood still at that point, and a shop that is up again. */
async function killedAt(point: (typeof POINTS)[number], { payonce, database, provider, sandbox }: World) {
  const { recoveryPoint, operation, fault, charges } = point;
  const customer = new Customer({ url: payonce.shopUrl });
  const cartId = await customer.fillCart();
  const key = randomUUID();

  await sandbox.fault({ operation, fault, delayMs: 20_000, times: 1 });
  const lost = customer.pay(key, { cartId }).catch(() => 'lost');
  await expect.poll(() => database.recoveryPoint(cartId)).toBe(recoveryPoint);
  await expect.poll(() => provider.faultHits()).toBeGreaterThan(0);
  await expect.poll(() => provider.charges(cartId)).toHaveLength(charges);
  process.kill(payonce.pidOf('server') ?? 0, 'SIGKILL');
  expect(await lost).toBe('lost');
  await expect.poll(() => isHealthy(payonce.shopUrl), { intervals: [50], timeout: 20_000 }).toBe(true);
  return { customer, cartId, key };
}

/** Each Payonce of this file sells one thing to one buyer. */
async function isPaidOnce(cartId: string, { database, provider }: Pick<World, 'database' | 'provider'>) {
  expect(await provider.charges(cartId)).toHaveLength(1);
  expect(database.orders(cartId)).toHaveLength(1);
  expect(database.stock()['field-notes']).toBe(STOCK - 1);
  await expect.poll(async () => (await provider.mails('guest@example.com')).length).toBe(1);
}

/** What the seed puts on the shelf. */
const STOCK = 200;
