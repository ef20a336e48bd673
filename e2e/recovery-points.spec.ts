import { randomUUID } from 'node:crypto';
import { isHealthy, type Payonce } from '../test/payonce.ts';
import { Customer } from '../test/shop/customer.ts';
import type { Database } from './database.ts';
import { expect } from './fixtures.ts';
import { test } from './killable-payonce.ts';
import type { Fault, Provider } from './provider.ts';

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

  test(`is carried on from ${where} by a retry with the same key`, async ({
    ownPayonce,
    database,
    provider,
    sandbox,
  }) => {
    const payment = await killedAt(point, { payonce: ownPayonce, database, provider, sandbox });
    await expect.poll(async () => (await payment.send()).status, { timeout: 40_000 }).toBe(200);
    expect((await payment.send()).headers.get('Idempotent-Replayed')).toBe('true');
    await payment.isPaidOnce();
  });

  test(`is finished from ${where} by itself`, async ({ ownPayonce, database, provider, sandbox }) => {
    const payment = await killedAt(point, { payonce: ownPayonce, database, provider, sandbox });
    await expect.poll(() => database.orders(payment.cartId), { timeout: 40_000 }).toHaveLength(1);
    await payment.isPaidOnce();
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
  const email = `${key}@example.com`;
  const send = () => customer.pay(key, { cartId, email });
  const stock = () => database.stock()['field-notes'] ?? Number.NaN;
  const stockBefore = stock();

  await sandbox.fault({ operation, fault, delayMs: 20_000, times: 1 });
  const lost = send().catch(() => 'lost');
  await expect.poll(() => database.recoveryPoint(cartId)).toBe(recoveryPoint);
  await expect.poll(() => provider.faultHits()).toBeGreaterThan(0);
  await expect.poll(() => provider.charges(cartId)).toHaveLength(charges);
  process.kill(payonce.pidOf('server') ?? 0, 'SIGKILL');
  expect(await lost).toBe('lost');
  await expect.poll(() => isHealthy(payonce.shopUrl), { intervals: [50], timeout: 20_000 }).toBe(true);

  return {
    cartId,
    send,
    async isPaidOnce() {
      expect(await provider.charges(cartId)).toHaveLength(1);
      expect(database.orders(cartId)).toHaveLength(1);
      expect(stock()).toBe(stockBefore - 1);
      await expect.poll(async () => (await provider.mails(email)).length).toBe(1);
    },
  };
}
