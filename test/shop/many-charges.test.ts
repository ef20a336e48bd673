import { expect, it } from 'vitest';
import { createProvider } from '#server/payments/provider.ts';
import { startShop } from './running-shop.ts';

it('the bill counts every charge of a customer, also those beyond the first page of the provider', async () => {
  await using shop = await startShop({ WORKERS: 'off' });
  const provider = createProvider({ secretKey: 'sk_test_sandbox', apiBase: shop.sandboxUrl, instance: 'ours' });
  for (let number = 1; number <= 103; number += 1) {
    const attemptId = `attempt-${number}`;
    const created = await provider.create({
      ...{ key: `${attemptId}:create`, attemptId, cartId: 'cart', mode: 'unprotected', customer: 'ada' },
      ...{ amountMinor: 100, currency: 'eur', paymentMethod: 'pm_card_visa', email: 'ada@example.com' },
    });
    if (created.kind !== 'intent') throw new Error(created.kind);
    await provider.confirm(created.intent.intentId, `${attemptId}:confirm:1`);
  }
  expect(await provider.capturedCharges('ada')).toHaveLength(103);
  expect(await provider.capturedCharges('bob')).toEqual([]);
});
