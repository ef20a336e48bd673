import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

const cut = () => ({ 'Payonce-Demo-Cut': `after-commit; run=${randomUUID()}` });

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

const payment = (cartId: string) => ({
  cartId,
  paymentMethod: 'pm_card_visa',
  expectedTotalMinor: 2_490,
  email: 'guest@example.com',
});

describe('a connection that the demonstration has cut', () => {
  it('dies after the payment was made, twice for each run, and then the same key gets the answer that was lost', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const headers = { ...cut(), 'Idempotency-Key': `"${randomUUID()}"` };
    const send = () => customer.mutate('checkout.pay', payment(cartId), headers);
    await expect(send()).rejects.toThrow('fetch failed');
    await expect(send()).rejects.toThrow('fetch failed');

    const third = await send();
    expect(third.headers.get('Idempotent-Replayed')).toBe('true');
    expect(third.data).toMatchObject({ status: 'paid' });
    const ledger = await customer.query('backstage.ledger', { cartId });
    expect(ledger.data).toMatchObject({ requests: 3, executions: 1, replays: 2, charges: 1 });
  });

  it('stays whole when the header says anything else', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const headers = { 'Payonce-Demo-Cut': 'after-commit', 'Idempotency-Key': `"${randomUUID()}"` };
    expect(await customer.mutate('checkout.pay', payment(cartId), headers)).toMatchObject({ status: 200 });
  });

  it('stays whole when the demo is off', async () => {
    await using real = await startShop({ DEMO: 'off' });
    const customer = new Customer(real);
    const cartId = await customer.fillCart();
    const headers = { ...cut(), 'Idempotency-Key': `"${randomUUID()}"` };
    expect(await customer.mutate('checkout.pay', payment(cartId), headers)).toMatchObject({ status: 200 });
  });
});

describe('the number that a client gives its request', () => {
  it.each([
    ['3', 3],
    ['0', null],
    ['-1', null],
    ['1000', null],
    ['first', null],
    [undefined, null],
  ])('%s is logged as %s', async (header, attempt) => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    await customer.mutate('checkout.pay', payment(cartId), {
      'Idempotency-Key': `"${randomUUID()}"`,
      ...(header !== undefined && { 'Payonce-Attempt': header }),
    });
    const { data } = await customer.query('backstage.ledger', { cartId });
    expect((data as { rows: { requests: unknown[] } }).rows.requests).toEqual([expect.objectContaining({ attempt })]);
  });
});
