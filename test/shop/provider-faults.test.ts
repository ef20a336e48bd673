import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

const OPERATIONS = ['create', 'confirm', 'retrieve', 'cancel'];
const FAULTS = [
  { fault: 'refuse' },
  { fault: 'drop_answer' },
  { fault: 'answer_twice' },
  { fault: 'forget_keys' },
  { fault: 'rate_limit', retryAfter: 'soon' },
  ...[400, 401, 403, 404, 409, 429, 500, 503].map((status) => ({ fault: 'error', status })),
  { fault: 'error', status: 500, saved: true },
  { fault: 'error_after', status: 500 },
];
const METHODS: readonly [string, number][] = [
  ['pm_card_visa', 200],
  ['pm_card_chargeDeclined', 402],
  ['pm_card_authenticationRequired', 402],
];

/** A client gives up long before this; more tries would only hide an answer that never comes. */
const TRIES_MAX = 4;

describe.each(METHODS)('a payment with %s comes to its %i', (paymentMethod, status) => {
  const faults = OPERATIONS.flatMap((operation) => FAULTS.map((fault) => ({ operation, ...fault })));

  it.each(faults)('when the provider does this once: %j', async ({ operation, ...fault }) => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const stock = shop.stockOf('field-notes');
    const match = { cartId };
    // Only a lost answer makes the shop look the payment up.
    if (operation === 'retrieve') {
      await shop.fault({ operation: 'payment_intents.confirm', fault: 'drop_answer', match });
    }
    await shop.fault({ operation: `payment_intents.${operation}`, ...fault, match });

    const answers = await payUntilFinal(customer, { cartId, paymentMethod });
    const before = answers.slice(0, -1).map((answer) => answer.status);
    expect(answers.at(-1)?.status).toBe(status);
    expect(before).toEqual(before.map(() => 503));
    const charges = (await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId);
    expect(charges).toHaveLength(status === 200 ? 1 : 0);
    expect(shop.stockOf('field-notes')).toBe(status === 200 ? stock - 1 : stock);
    expect(shop.rows("select 1 from payments where cart_id = ? and status = 'live'", cartId)).toEqual([]);
  });
});

it('leaves a provider alone that wants to hear less of it, and does not repeat the create at once', async () => {
  const customer = new Customer(shop);
  const cartId = await customer.fillCart();
  const match = { cartId };
  await shop.fault({ operation: 'payment_intents.create', fault: 'rate_limit', retryAfter: '30', times: 2, match });
  const hitsBefore = await shop.faultHits();
  expect((await customer.pay(randomUUID(), { cartId })).error.reason).toBe('payment_provider_unavailable');
  expect(await shop.faultHits()).toBe(hitsBefore + 1);
  await shop.clearFaults();
});

describe('without protection', () => {
  it.each([
    ['create', { fault: 'refuse' }, 'pm_card_visa', 'payment_provider_unavailable'],
    ['confirm', { fault: 'error', status: 401 }, 'pm_card_visa', 'payment_provider_unavailable'],
    ['retrieve', { fault: 'refuse' }, 'pm_card_authenticationRequired', 'authentication_required'],
  ])('what was not charged (%s, %j, %s) holds no stock, because nobody comes back for it', async (...row) => {
    const [operation, fault, paymentMethod, reason] = row;
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const stock = shop.stockOf('field-notes');
    await shop.fault({ operation: `payment_intents.${operation}`, ...fault, match: { cartId } });
    expect((await customer.payUnprotected({ cartId, paymentMethod })).error.reason).toBe(reason);
    expect(shop.stockOf('field-notes')).toBe(stock);
  });
});

async function payUntilFinal(
  customer: Customer,
  request: { readonly cartId: string; readonly paymentMethod: string },
): Promise<readonly Answer[]> {
  const key = randomUUID();
  const answers: Answer[] = [];
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const answer = await customer.pay(key, request);
    answers.push(answer);
    if (answer.status !== 503) break;
  }
  return answers;
}
