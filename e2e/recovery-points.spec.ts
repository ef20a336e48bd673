import { randomUUID } from 'node:crypto';
import { isHealthy, type Payonce, startPayonce } from '../test/payonce.ts';
import { Customer } from '../test/shop/customer.ts';
import { expect, test as shared } from './fixtures.ts';

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
  { recoveryPoint: 'reserved', operation: 'payment_intents.create', fault: 'delay', charges: 0 },
  { recoveryPoint: 'reserved', operation: 'payment_intents.create', fault: 'delay_answer', charges: 0 },
  { recoveryPoint: 'intent_created', operation: 'payment_intents.confirm', fault: 'delay', charges: 0 },
  { recoveryPoint: 'intent_created', operation: 'payment_intents.confirm', fault: 'delay_answer', charges: 1 },
] as const;

for (const { recoveryPoint, operation, fault, charges } of POINTS) {
  test(`carries on from ${recoveryPoint} when it is killed at ${operation} (${fault})`, async ({
    payonce,
    database,
    provider,
    sandbox,
  }) => {
    const customer = new Customer({ url: payonce.shopUrl });
    const cartId = await customer.fillCart();
    const key = randomUUID();
    const stock = database.stock()['field-notes'] ?? Number.NaN;

    await sandbox.fault({ operation, fault, delayMs: 20_000, times: 1 });
    const lost = customer.pay(key, { cartId }).catch(() => 'lost');
    await expect.poll(() => database.recoveryPoint(cartId)).toBe(recoveryPoint);
    await expect.poll(() => provider.faultHits()).toBeGreaterThan(0);
    await expect.poll(() => provider.charges(cartId)).toHaveLength(charges);
    process.kill(payonce.pidOf('server') ?? 0, 'SIGKILL');
    expect(await lost).toBe('lost');
    await expect.poll(() => isHealthy(payonce.shopUrl), { intervals: [50], timeout: 10_000 }).toBe(true);

    await expect.poll(async () => (await customer.pay(key, { cartId })).status, { timeout: 40_000 }).toBe(200);
    const replay = await customer.pay(key, { cartId });
    expect(replay.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await provider.charges(cartId)).toHaveLength(1);
    expect(database.orders(cartId)).toHaveLength(1);
    expect(database.stock()['field-notes']).toBe(stock - 1);
    await expect.poll(async () => (await provider.mails('guest@example.com')).length).toBe(1);
  });
}
