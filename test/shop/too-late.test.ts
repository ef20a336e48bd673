import { randomUUID } from 'node:crypto';
import { type ManualClock, manualClock } from '@payonce/trpc-idempotency/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { QUESTION_ATTEMPTS } from '#server/payments/ask-again.ts';
import { type Answer, Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

const MINUTE_MS = 60_000;

let clock: ManualClock;
let shop: RunningShop;
let onCommit: () => void;
beforeAll(async () => {
  clock = manualClock();
  // Nobody carries these payments on but the customer who comes back.
  shop = await startShop(
    { WORKERS: 'off' },
    { clock, onOpened: (opened) => opened.database.onCommit(() => onCommit()) },
  );
});
afterEach(() => shop.clearFaults());
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

let customer: Customer;
let cartId: string;
let key: string;
let stock: number;
beforeEach(async () => {
  onCommit = () => undefined;
  customer = new Customer(shop);
  cartId = await customer.fillCart();
  key = randomUUID();
  stock = shop.stockOf('field-notes');
});

const pay = () => customer.pay(key, { cartId });
const intents = () => shop.intents(cartId);
const charges = async () => (await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId);

describe('a customer who comes back more than 15 minutes after the click', () => {
  it.each([
    ['the tax service was asked', 'tax_unavailable', { operation: 'tax.quote', fault: 'error', status: 503 }],
    [
      'the intent was asked for',
      'payment_provider_unavailable',
      { operation: 'payment_intents.create', fault: 'refuse' },
    ],
    ['the intent was made', 'payment_outcome_unknown', { operation: 'payment_intents.confirm', fault: 'refuse' }],
  ])('is not charged when %s: the payment has expired, and everything is given back', async (_when, reason, fault) => {
    await shop.fault({ ...fault, times: 0 });
    expect((await pay()).error.reason).toBe(reason);
    await shop.clearFaults();
    clock.advance(16 * MINUTE_MS);

    const expired = await pay();
    expect(expired).toMatchObject({ status: 409, error: { reason: 'payment_expired', retryable: false } });
    expect(await intents()).toEqual(reason === 'payment_outcome_unknown' ? ['canceled'] : []);
    const again = await pay();
    expect(again.text).toBe(expired.text);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');

    expect(await charges()).toEqual([]);
    expect(shop.stockOf('field-notes')).toBe(stock);
    expect((await customer.pay(randomUUID(), { cartId })).status).toBe(200);
    expect(await charges()).toHaveLength(1);
  });

  it('has an order when the card was charged all the same', async () => {
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'drop_answer' });
    await shop.fault({ operation: 'payment_intents.retrieve', fault: 'refuse', times: QUESTION_ATTEMPTS });
    expect((await pay()).error.reason).toBe('payment_outcome_unknown');
    clock.advance(16 * MINUTE_MS);

    expect((await pay()).status).toBe(200);
    expect(await charges()).toHaveLength(1);
    expect(shop.stockOf('field-notes')).toBe(stock - 1);
  });

  it('is charged once when it is only 14 minutes', async () => {
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'refuse' });
    expect((await pay()).error.reason).toBe('payment_outcome_unknown');
    clock.advance(14 * MINUTE_MS);

    expect((await pay()).status).toBe(200);
    expect(await charges()).toHaveLength(1);
  });
});

describe('a machine that sleeps for more than 15 minutes in the middle of a payment', () => {
  const live = () => shop.rows("select 1 from payments where cart_id = ? and status = 'live'", cartId);

  async function expectExpired(answer: Promise<Answer>): Promise<void> {
    expect(await answer).toMatchObject({ status: 409, error: { reason: 'payment_expired' } });
    expect(await charges()).toEqual([]);
    expect(await intents()).toEqual(['canceled']);
    expect(shop.stockOf('field-notes')).toBe(stock);
    expect(live()).toEqual([]);
  }

  it('does not charge when it had just reserved: the payment has expired, and everything is given back', async () => {
    onCommit = () => {
      if (live().length === 0) return;
      clock.advance(16 * MINUTE_MS);
      onCommit = () => undefined;
    };
    await expectExpired(pay());
  });

  it('does not charge when it had just raised the number of its confirm', async () => {
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'error', status: 500 });
    onCommit = () => {
      if (shop.rows('select 1 from payments where cart_id = ? and confirm_number = 2', cartId).length === 0) return;
      clock.advance(16 * MINUTE_MS);
      onCommit = () => undefined;
    };
    await expectExpired(pay());
  });

  it.each([
    ['its intent was being made', 'payment_intents.create', {}],
    ['a confirm was coming to nothing', 'payment_intents.confirm', { fault: 'error', status: 500 }],
  ])('does not charge when %s', async (_when, operation, fault) => {
    await shop.fault({ operation, fault: 'delay', delayMs: 500 });
    if ('fault' in fault) await shop.fault({ operation, ...fault });
    const answer = pay();
    await expect.poll(() => shop.faultHits()).toBeGreaterThan(0);
    clock.advance(16 * MINUTE_MS);
    await expectExpired(answer);
  });
});

describe('a customer who comes back after the retention', () => {
  it('cannot pay the same cart again, and the key says that it has expired', async () => {
    const paid = await pay();
    expect(paid.status).toBe(200);
    clock.advance(25 * 60 * MINUTE_MS);

    expect((await customer.query('checkout.status', { idempotencyKey: key })).data).toEqual({ state: 'expired' });
    expect(await pay()).toMatchObject({
      status: 409,
      error: { reason: 'already_ordered', orderId: paid.data.orderId },
    });
    expect(await charges()).toHaveLength(1);
  });
});
