import { expect, it } from 'vitest';
import type { PaymentProvider, ProviderAnswer } from '../payments/provider.ts';
import { createCrash } from './scenario-crash.ts';

const intent = (attemptId: string) => ({
  ...{ key: 'key', attemptId, cartId: `cart of ${attemptId}`, mode: 'protected' as const, amountMinor: 1 },
  ...{ currency: 'eur', paymentMethod: 'pm_card_visa', email: 'guest@example.com', customer: 'customer' },
});

const answered = (attemptId: string, chargeId: string | null): ProviderAnswer => ({
  kind: 'intent',
  intent: {
    ...{ intentId: attemptId, status: 'succeeded', amountMinor: 1, amountReceivedMinor: 1, currency: 'eur' },
    ...{ attemptId, chargeId, lastDecline: null, cancellationReason: null },
  },
});

/** The provider's answers are the only thing here that a test makes up: the deed itself would take the test with it. */
function crashable() {
  const deeds: string[] = [];
  const provider = {
    create: async ({ attemptId }) => answered(attemptId, null),
    confirm: async (intentId) => {
      deeds.push(`charged ${intentId}`);
      return answered(intentId, `charge of ${intentId}`);
    },
  } satisfies Partial<PaymentProvider> as unknown as PaymentProvider;
  const { around, crashAfterCharge } = createCrash(() => deeds.push('killed'));
  return { provider: around(provider), crashAfterCharge, deeds };
}

it('dies after the charge of the armed cart, once, and for no other', async () => {
  const { provider, crashAfterCharge, deeds } = crashable();
  crashAfterCharge('cart of mine');
  for (const attempt of ['another', 'mine']) await provider.create(intent(attempt));
  for (const attempt of ['another', 'mine', 'mine']) await provider.confirm(attempt, 'key');
  expect(deeds).toEqual(['charged another', 'charged mine', 'killed', 'charged mine']);
});

it('forgets the oldest of too many who asked and never paid', async () => {
  const { provider, crashAfterCharge, deeds } = crashable();
  for (let visitor = 0; visitor <= 100; visitor += 1) crashAfterCharge(`cart of ${visitor}`);
  for (const attempt of ['0', '100']) {
    await provider.create(intent(attempt));
    await provider.confirm(attempt, 'key');
  }
  expect(deeds).toEqual(['charged 0', 'charged 100', 'killed']);
});
