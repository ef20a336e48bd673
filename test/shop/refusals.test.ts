import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUESTION_ATTEMPTS } from '#server/payments/ask-again.ts';
import { Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

describe('a declined card', () => {
  it('is refused again on the same key, gives the stock back, and leaves the cart for another card', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const stock = shop.stockOf('field-notes');
    const key = randomUUID();
    const declined = await customer.pay(key, { cartId, paymentMethod: 'pm_card_chargeDeclined' });
    const again = await customer.pay(key, { cartId, paymentMethod: 'pm_card_chargeDeclined' });

    expect(declined).toMatchObject({
      status: 402,
      error: { reason: 'card_declined', declineCode: 'generic_decline', retryable: false },
    });
    expect(again.status).toBe(402);
    expect(again.text).toBe(declined.text);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(shop.stockOf('field-notes')).toBe(stock);
    expect((await customer.query('checkout.status', { idempotencyKey: key })).data).toMatchObject({
      state: 'refused',
      result: { reason: 'card_declined' },
    });

    const paid = await customer.pay(randomUUID(), { cartId });
    expect(paid.status).toBe(200);
    expect(shop.stockOf('field-notes')).toBe(stock - 1);
  });

  it.each([
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', { declineCode: 'insufficient_funds' }],
    ['pm_card_authenticationRequired', 'authentication_required', {}],
    ['pm_no_such_method', 'payment_method_invalid', {}],
  ])('%s is %s, and nothing stays reserved', async (paymentMethod, reason, extras) => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const stock = shop.stockOf('field-notes');
    const key = randomUUID();
    const first = await customer.pay(key, { cartId, paymentMethod });
    expect(first).toMatchObject({ status: 402, error: { reason, ...extras } });
    expect((await customer.pay(key, { cartId, paymentMethod })).text).toBe(first.text);
    expect(shop.stockOf('field-notes')).toBe(stock);
    expect(shop.rows("select 1 from payments where cart_id = ? and status = 'live'", cartId)).toEqual([]);
  });
});

describe('a cart', () => {
  it('whose total is not what was shown is refused with the new quote, and nothing is taken', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const stock = shop.stockOf('field-notes');
    const answer = await customer.pay(randomUUID(), { cartId, expectedTotalMinor: 1_000 });
    expect(answer).toMatchObject({
      status: 409,
      error: {
        reason: 'total_changed',
        quote: { subtotalMinor: 2_075, taxMinor: 415, totalMinor: 2_490, currency: 'eur' },
      },
    });
    expect(shop.stockOf('field-notes')).toBe(stock);
  });

  it.each([
    ['its tax is asked for', 'tax.quote', 'pay'],
    ['its tax is asked for', 'tax.quote', 'payUnprotected'],
    ['its intent is made', 'payment_intents.create', 'pay'],
  ] as const)('that is edited while %s is refused with the quote of what is in it now (%s, %s)', async (...row) => {
    const [, operation, procedure] = row;
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const stock = shop.stockOf('field-notes');
    const hitsBefore = await shop.faultHits();
    await shop.fault({ operation, fault: 'delay_answer', delayMs: 1_000, match: { cartId } });
    const paying = procedure === 'pay' ? customer.pay(randomUUID(), { cartId }) : customer.payUnprotected({ cartId });
    await expect.poll(() => shop.faultHits()).toBe(hitsBefore + 1);
    await customer.fillCart(['enamel-mug'], cartId);
    expect(await paying).toMatchObject({
      status: 409,
      error: {
        reason: 'total_changed',
        quote: { subtotalMinor: 1_450, taxMinor: 290, totalMinor: 1_740, currency: 'eur' },
      },
    });
    expect(shop.stockOf('field-notes')).toBe(stock);
    expect((await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId)).toEqual([]);
  });

  it('that cannot be paid has no intent made for it', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const refusedFor = async (cart: string, seen = {}) =>
      (await customer.pay(randomUUID(), { cartId: cart, ...seen })).error.reason;

    expect(await refusedFor(cartId, { expectedTotalMinor: 1_000 })).toBe('total_changed');
    expect(await shop.intents(cartId)).toEqual([]);

    const tooMany = randomUUID();
    await customer.mutate('cart.put', { cartId: tooMany, lines: [{ sku: 'last-print', quantity: 2 }] });
    const quote = await customer.query('checkout.quote', { cartId: tooMany });
    expect(await refusedFor(tooMany, { expectedTotalMinor: quote.data.totalMinor })).toBe('out_of_stock');
    expect(await shop.intents(tooMany)).toEqual([]);

    await shop.fault({ operation: 'payment_intents.confirm', fault: 'refuse', match: { cartId } });
    expect(await refusedFor(cartId)).toBe('payment_outcome_unknown');
    expect(await refusedFor(cartId)).toBe('payment_in_progress');
    expect(await shop.intents(cartId)).toEqual(['requires_confirmation']);
    await expect.poll(() => refusedFor(cartId), { timeout: 20_000 }).toBe('already_ordered');
    expect(await shop.intents(cartId)).toEqual(['succeeded']);
  });

  it('that is empty or unknown is refused and does not use up the key', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart([]);
    const key = randomUUID();
    expect((await customer.pay(key, { cartId })).error.reason).toBe('cart_empty');
    expect(await customer.pay(key, { cartId: randomUUID() })).toMatchObject({
      status: 404,
      error: { reason: 'not_found' },
    });
    await customer.fillCart(['field-notes'], cartId);
    expect((await customer.pay(key, { cartId })).status).toBe(200);
  });

  it('put twice is the same cart at the same version, and removed twice is no error', async () => {
    const customer = new Customer(shop);
    const cartId = randomUUID();
    const put = { cartId, lines: [{ sku: 'brass-pen', quantity: 2 }] };
    const [first, second] = [await customer.mutate('cart.put', put), await customer.mutate('cart.put', put)];
    expect(second.data).toEqual(first.data);
    expect(await customer.mutate('cart.put', { ...put, expectedVersion: 7 })).toMatchObject({
      status: 412,
      error: { reason: 'version_mismatch' },
    });
    expect((await customer.mutate('cart.remove', { cartId })).status).toBe(200);
    expect((await customer.mutate('cart.remove', { cartId })).status).toBe(200);
    expect((await customer.query('cart.get', { cartId })).status).toBe(404);
  });
});

describe('a service that is down', () => {
  it('tax: nothing is taken, and the same key pays when it is back', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const stock = shop.stockOf('field-notes');
    const key = randomUUID();
    await shop.fault({ operation: 'tax.quote', fault: 'error', status: 503, times: 0 });
    const down = await customer.pay(key, { cartId });
    expect(down).toMatchObject({ status: 503, error: { reason: 'tax_unavailable', retryable: true } });
    expect(down.headers.get('Retry-After')).toBe('2');
    expect(shop.stockOf('field-notes')).toBe(stock);
    await shop.clearFaults();
    expect((await customer.pay(key, { cartId })).status).toBe(200);
  });

  it.each(['refuse', 'error'])('provider on create (%s): unavailable, and the same key pays later', async (fault) => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    await shop.fault({ operation: 'payment_intents.create', fault, status: 500, times: 0 });
    const down = await customer.pay(key, { cartId });
    expect(down).toMatchObject({ status: 503, error: { reason: 'payment_provider_unavailable', retryable: true } });
    await shop.clearFaults();
    expect((await customer.pay(key, { cartId })).status).toBe(200);
    const charges = (await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId);
    expect(charges).toHaveLength(1);
  });

  it.each(['drop_answer', 'cut_answer'])(
    'provider after the intent is made (%s): asked again under the same key, and paid with the intent that was made',
    async (fault) => {
      const customer = new Customer(shop);
      const cartId = await customer.fillCart();
      await shop.fault({ operation: 'payment_intents.create', fault, match: { cartId } });
      expect((await customer.pay(randomUUID(), { cartId })).status).toBe(200);
      expect(await shop.intents(cartId)).toEqual(['succeeded']);
    },
  );

  it.each(['drop_answer', 'error_after'])(
    'provider after the charge (%s): looked up and adopted at once, charged once',
    async (fault) => {
      const customer = new Customer(shop);
      const cartId = await customer.fillCart();
      await shop.fault({ operation: 'payment_intents.confirm', fault, status: 500, times: 1 });
      const answer = await customer.pay(randomUUID(), { cartId });
      await shop.clearFaults();
      expect(answer.status).toBe(200);
      const charges = (await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId);
      expect(charges).toHaveLength(1);
    },
  );

  it('provider silent after the charge and at the look-up: unknown, never failed, and the same key adopts', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'drop_answer', times: 1 });
    await shop.fault({ operation: 'payment_intents.retrieve', fault: 'refuse', times: QUESTION_ATTEMPTS });
    const unknown = await customer.pay(key, { cartId });
    expect(unknown).toMatchObject({ status: 503, error: { reason: 'payment_outcome_unknown', retryable: true } });
    expect((await customer.query('checkout.status', { idempotencyKey: key })).data).toEqual({ state: 'unknown' });
    await shop.clearFaults();
    expect((await customer.pay(key, { cartId })).status).toBe(200);
    const charges = (await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId);
    expect(charges).toHaveLength(1);
  });
});

describe('a key', () => {
  it('that was never sent is never seen, which is no proof', async () => {
    const customer = new Customer(shop);
    expect((await customer.query('checkout.status', { idempotencyKey: randomUUID() })).data).toEqual({
      state: 'never_seen',
    });
  });

  it('too many in a minute is told to wait, while known keys are answered', async () => {
    await using small = await startShop({ RATE_KEYS_PER_MINUTE: '2' });
    const customer = new Customer(small);
    const cartId = await customer.fillCart();
    const key = randomUUID();
    const pay = { cartId, paymentMethod: 'pm_card_chargeDeclined' };
    await customer.pay(key, pay);
    await customer.pay(randomUUID(), pay);
    const limited = await customer.pay(randomUUID(), pay);
    expect(limited).toMatchObject({ status: 429, error: { reason: 'rate_limited', retryable: true } });
    expect(Number(limited.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await customer.pay(key, pay)).status).toBe(402);
  });
});
