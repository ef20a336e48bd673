import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { QUESTION_ATTEMPTS } from '#server/payments/ask-again.ts';
import { Customer } from './customer.ts';
import { startShop } from './running-shop.ts';

describe('a payment that its client has left', () => {
  it('is finished by itself when its outcome was not known: one charge, one order, one email', async () => {
    await using shop = await startShop();
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'drop_answer', times: 1 });
    await shop.fault({ operation: 'payment_intents.retrieve', fault: 'refuse', times: QUESTION_ATTEMPTS });
    expect((await customer.pay(key, { cartId })).error.reason).toBe('payment_outcome_unknown');

    const status = async () => (await customer.query('checkout.status', { idempotencyKey: key })).data.state;
    await expect.poll(status, { timeout: 10_000 }).toBe('settled');
    expect(await shop.charges()).toHaveLength(1);
    expect(shop.rows('select 1 from orders')).toHaveLength(1);
    expect(shop.rows('select 1 from outbox')).toHaveLength(1);
    const late = await customer.pay(key, { cartId });
    expect(late.status).toBe(200);
    expect(late.headers.get('Idempotent-Replayed')).toBe('true');
  });

  it('is begun when the tax service is back', async () => {
    await using shop = await startShop();
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    await shop.fault({ operation: 'tax.quote', fault: 'error', status: 503, times: 4 });
    expect((await customer.pay(key, { cartId })).error.reason).toBe('tax_unavailable');
    const status = async () => (await customer.query('checkout.status', { idempotencyKey: key })).data.state;
    await expect.poll(status, { timeout: 10_000 }).toBe('settled');
    expect(await shop.charges()).toHaveLength(1);
  });
});
