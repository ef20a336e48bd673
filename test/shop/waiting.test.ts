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
});
