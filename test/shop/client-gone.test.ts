import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { Customer } from './customer.ts';
import { startShop } from './running-shop.ts';

it('a client that hangs up after the claim stops nothing: the same run brings its order to the end', async () => {
  // No completer that could carry on what the run had dropped.
  await using shop = await startShop({ WORKERS: 'off' });
  const customer = new Customer(shop);
  const cartId = await customer.fillCart();
  const key = randomUUID();
  const input = { cartId, paymentMethod: 'pm_card_visa', expectedTotalMinor: 2_490, email: 'guest@example.com' };
  const tokens = () =>
    shop.rows<{ token: number; state: string }>(
      'select fencing_token token, processing_state state from idempotency_keys where key = ?',
      key,
    );

  await shop.fault({ operation: 'payment_intents.confirm', fault: 'delay', delayMs: 1_000, match: { cartId } });
  const hangingUp = new AbortController();
  const lost = customer.send('checkout.pay', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"${key}"` },
    body: JSON.stringify(input),
    signal: hangingUp.signal,
  });
  await expect.poll(() => shop.faultHits()).toBe(1);
  const [claimed] = tokens();
  hangingUp.abort();
  await expect(lost).rejects.toThrow('aborted');
  expect(await shop.charges()).toEqual([]);

  await expect.poll(tokens, { timeout: 10_000 }).toEqual([{ token: claimed?.token, state: 'completed' }]);
  expect(await shop.charges()).toHaveLength(1);
  expect(shop.rows('select 1 from orders')).toHaveLength(1);
  const again = await customer.pay(key, input);
  expect(again.status).toBe(200);
  expect(again.headers.get('Idempotent-Replayed')).toBe('true');
});
