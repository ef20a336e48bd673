import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { QUESTION_ATTEMPTS } from '#server/payments/ask-again.ts';
import { Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop();
});
afterEach(() => shop.clearFaults());
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

/** A payment whose confirm is carried out and not answered, so that the shop looks it up, under this fault. */
async function lookedUpUnder(fault: Record<string, unknown>, paymentMethod = 'pm_card_visa') {
  const customer = new Customer(shop);
  const cartId = await customer.fillCart();
  const key = randomUUID();
  await shop.fault({ operation: 'payment_intents.confirm', fault: 'drop_answer', match: { cartId } });
  await shop.fault({ operation: 'payment_intents.retrieve', ...fault, match: { cartId } });
  const pay = () => customer.pay(key, { cartId, paymentMethod });
  return { answer: await pay(), again: pay };
}

describe('the look at a payment whose outcome is not known', () => {
  it.each([
    { fault: 'refuse', times: 2 },
    { fault: 'drop_answer', times: 2 },
    { fault: 'error', status: 503, times: 2 },
    { fault: 'error', status: 500, times: 1 },
    { fault: 'rate_limit', retryAfter: '1', times: 1 },
  ])('is asked again while that may help: %j', async (fault) => {
    const { answer } = await lookedUpUnder(fault);
    expect(answer.status).toBe(200);
  });

  it('is asked three times and no more; then the outcome is unknown, and the same key goes on', async () => {
    const { answer, again } = await lookedUpUnder({ fault: 'refuse', times: 0 });
    expect(answer.status).toBe(503);
    expect(answer.error.reason).toBe('payment_outcome_unknown');
    expect(await shop.faultHits()).toBe(1 + QUESTION_ATTEMPTS);
    await shop.clearFaults();
    expect((await again()).status).toBe(200);
  });

  it('is not asked again when the answer is a no', async () => {
    const { answer } = await lookedUpUnder({ fault: 'error', status: 401, times: 0 });
    expect(answer.error.reason).toBe('payment_provider_unavailable');
    expect(await shop.faultHits()).toBe(1 + 1);
  });

  it('finds the same refusal as the answer that was lost, when the bank wants to see the customer', async () => {
    const wanted = { last_payment_error: { code: 'authentication_required', decline_code: 'authentication_required' } };
    const { answer } = await lookedUpUnder({ fault: 'alter_answer', answer: wanted }, 'pm_card_chargeDeclined');
    expect(answer).toMatchObject({ status: 402, error: { reason: 'authentication_required' } });
  });
});
