import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Customer } from './customer.ts';
import { startShop } from './running-shop.ts';

describe('with IDEMPOTENCY_WAIT_MS', () => {
  it('100 duplicates of a slow payment all get the same 200, from one execution', async () => {
    await using shop = await startShop({ IDEMPOTENCY_WAIT_MS: '10000' });
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'delay', delayMs: 500, times: 1 });
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 100 }, () => customer.pay(key, { cartId })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => !headers.has('Idempotent-Replayed'))).toHaveLength(1);
    expect(await shop.charges()).toHaveLength(1);
  });

  it('a duplicate waits over plain HTTP too, also for a run that came over tRPC', async () => {
    await using shop = await startShop({ IDEMPOTENCY_WAIT_MS: '10000' });
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'delay', delayMs: 500, times: 1 });
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    const body = { cartId, paymentMethod: 'pm_card_visa', expectedTotalMinor: 2_490, email: 'guest@example.com' };
    const [overTrpc, overHttp] = await Promise.all([
      customer.pay(key, { cartId }),
      fetch(`${shop.url}/api/payments`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key, Cookie: customer.cookie ?? '' },
        body: JSON.stringify(body),
      }),
    ]);
    expect([overTrpc.status, overHttp.status]).toEqual([200, 201]);
    expect(await overHttp.json()).toEqual(overTrpc.data);
    expect([overTrpc, overHttp].filter(({ headers }) => headers.has('Idempotent-Replayed'))).toHaveLength(1);
  });
});
