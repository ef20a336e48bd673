import { randomUUID } from 'node:crypto';
import { type ManualClock, manualClock } from '@payonce/trpc-idempotency/testing';
import Sqlite from 'better-sqlite3';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallClock } from '#server/clock.ts';
import { Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

const SECRET = 'whsec_of_these_tests';

const stateOf = (shop: RunningShop, intentId: string) =>
  shop.rows<{ status: string }>('select status from intent_states where intent_id = ?', intentId)[0]?.status;

/** The ids of the events that were taken. */
const takenBy = (shop: RunningShop, id = '%') =>
  shop.rows("select key from idempotency_keys where operation = 'webhooks.take' and key like ?", id);

const intentOf = (shop: RunningShop, cartId: string) =>
  String(shop.rows<{ intent_id: string }>('select intent_id from payments where cart_id = ?', cartId)[0]?.intent_id);

const eventAbout = (intentId: string, status: string, at: number) => ({
  id: `evt_${randomUUID()}`,
  object: 'event',
  type: `payment_intent.${status}`,
  created: Math.floor(at / 1000),
  data: { object: { id: intentId, object: 'payment_intent', status } },
});

/** @param signed null: not at all. */
async function deliver(
  { url }: RunningShop,
  event: object,
  signed: { readonly secret: string; readonly at: number; readonly ageSeconds?: number } | null,
) {
  const payload = JSON.stringify(event);
  const signature =
    signed &&
    Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: signed.secret,
      timestamp: Math.floor(signed.at / 1000) - (signed.ageSeconds ?? 0),
    });
  const response = await fetch(`${url}/api/webhooks/payments`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(signature && { 'Stripe-Signature': signature }) },
    body: payload,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('what the provider tells by itself', () => {
  let shop: RunningShop;
  beforeAll(async () => {
    shop = await startShop({}, { hasWebhooks: true });
  });
  afterAll(async () => {
    await shop[Symbol.asyncDispose]();
  });

  it.each(['webhook_twice', 'webhook_shuffled', 'webhook_forged', 'webhook_stale'])(
    'is applied once and changes nothing of a payment, under %s',
    async (fault) => {
      const customer = new Customer(shop);
      const cartId = await customer.fillCart();
      await shop.fault({ operation: 'payment_intents.create', fault, match: { cartId } });
      await shop.fault({ operation: 'payment_intents.confirm', fault, match: { cartId } });
      const before = takenBy(shop).length;
      expect((await customer.pay(randomUUID(), { cartId })).status).toBe(200);

      // Made, charged, succeeded: what is forged or stale beside them is not taken.
      await expect.poll(() => takenBy(shop).length - before, { timeout: 5_000 }).toBe(3);
      expect(stateOf(shop, intentOf(shop, cartId))).toBe('succeeded');
      expect(shop.rows('select 1 from orders where cart_id = ?', cartId)).toHaveLength(1);
      expect((await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId)).toHaveLength(1);
    },
  );
});

describe('webhooks that overtake the answer they speak of', () => {
  it('three times, out of order and with a forged one among them, make one order of one charge', async () => {
    await using shop = await startShop({ STRIPE_WEBHOOK_SECRET: SECRET, IDEMPOTENCY_LEASE_MS: '1000' });
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    await shop.fault({
      operation: 'payment_intents.confirm',
      fault: 'delay_answer',
      delayMs: 2_500,
      match: { cartId },
    });
    const paying = customer.pay(randomUUID(), { cartId });
    await expect.poll(() => shop.charges()).toHaveLength(1);

    const tell = async (secret = SECRET) => {
      const events = ['processing', 'succeeded', 'requires_confirmation'].map((status, at) =>
        eventAbout(intentOf(shop, cartId), status, wallClock() + at),
      );
      const told = [...events, ...events.toReversed(), ...events];
      const answers = await Promise.all(told.map((event) => deliver(shop, event, { secret, at: wallClock() })));
      return new Set(answers.map(({ status }) => status));
    };
    expect(await tell()).toEqual(new Set([200]));
    expect(await tell('whsec_of_somebody_else')).toEqual(new Set([400]));
    expect(shop.rows('select 1 from orders')).toEqual([]);
    const paid = await paying;
    expect(paid.status).toBe(200);
    expect(await tell()).toEqual(new Set([200]));
    expect(shop.rows('select charge_id from orders')).toEqual([{ charge_id: paid.data.chargeId }]);
    expect(await shop.charges()).toHaveLength(1);
    expect(shop.rows('select 1 from outbox')).toHaveLength(1);
    expect(stateOf(shop, intentOf(shop, cartId))).toBe('succeeded');
  });
});

describe('POST /api/webhooks/payments', () => {
  let clock: ManualClock;
  let shop: RunningShop;
  beforeAll(async () => {
    clock = manualClock();
    // Nothing comes but what the test sends, and no waiting time is ever over.
    shop = await startShop({ STRIPE_WEBHOOK_SECRET: SECRET }, { clock });
  });
  afterAll(async () => {
    await shop[Symbol.asyncDispose]();
  });

  const eventOf = (intentId: string, status: string, secondsLater = 0) =>
    eventAbout(intentId, status, clock() + 1_000 * secondsLater);
  const send = (event: object, signed: { secret?: string; ageSeconds?: number } | null = {}) =>
    deliver(shop, event, signed && { secret: SECRET, ...signed, at: clock() });

  it('takes an event that comes three times once, and says so each time', async () => {
    const event = eventOf(`pi_${randomUUID()}`, 'processing');
    for (const answer of await Promise.all([send(event), send(event), send(event)])) {
      expect(answer).toEqual({ status: 200, body: { received: true } });
    }
    expect(takenBy(shop, event.id)).toHaveLength(1);
  });

  it('keeps nothing of an event that is forged, unsigned or older than 300 seconds', async () => {
    const intentId = `pi_${randomUUID()}`;
    const event = eventOf(intentId, 'succeeded');
    for (const signed of [null, { secret: 'whsec_of_somebody_else' }, { ageSeconds: 301 }]) {
      expect(await send(event, signed)).toMatchObject({ status: 400, body: { reason: 'webhook_not_signed' } });
    }
    expect(takenBy(shop, event.id)).toEqual([]);
    expect(stateOf(shop, intentId)).toBeUndefined();
    expect((await send(event, { ageSeconds: 300 })).status).toBe(200);
  });

  it.each([
    ['has no id, as a balance', { object: 'balance', available: [] }],
    ['is of a kind that nobody here knows', { object: 'new_thing', id: 7, status: { is: 'an object' } }],
    ['is missing', undefined],
  ])('takes an event whose object %s: it would be sent again for days', async (_what, object) => {
    const event = { ...eventOf('', 'none'), type: 'something.happened', data: { object } };
    expect(await send(event)).toEqual({ status: 200, body: { received: true } });
    expect(takenBy(shop, event.id)).toHaveLength(1);
  });

  it('keeps nothing of what is signed and no event', async () => {
    // Without an id it could not be told from the next one.
    const unnamed = { ...eventOf('', 'none'), id: '' };
    const unspeakable = { ...eventOf('', 'none'), type: 'half of a pair: \ud83d' };
    for (const event of [{ object: 'event' }, unnamed, unspeakable]) {
      expect(await send(event)).toMatchObject({ status: 400, body: { reason: 'malformed_request' } });
    }
  });

  it('comes to the same state in whatever order the events come', async () => {
    const events = (intentId: string) => [
      eventOf(intentId, 'requires_confirmation', 0),
      eventOf(intentId, 'processing', 1),
      eventOf(intentId, 'succeeded', 1),
    ];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [1, 0, 2],
    ]) {
      const intentId = `pi_${randomUUID()}`;
      const told = events(intentId);
      for (const at of order) expect((await send(told[at] ?? {})).status).toBe(200);
      expect(stateOf(shop, intentId)).toBe('succeeded');
    }
  });

  it('writes no order: who says that an intent succeeded is asked', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'refuse', times: 0, match: { cartId } });
    const key = randomUUID();
    expect((await customer.pay(key, { cartId })).status).toBe(503);
    const runsOf = () =>
      shop.rows<{ token: number }>('select fencing_token token from idempotency_keys where key = ?', key)[0]?.token ??
      0;
    const before = runsOf();
    expect((await send(eventOf(intentOf(shop, cartId), 'succeeded'))).status).toBe(200);
    await expect.poll(runsOf).toBeGreaterThan(before);
    await expect
      .poll(async () => (await customer.query('checkout.status', { idempotencyKey: key })).data.state)
      .toBe('unknown');
    expect(shop.rows('select 1 from orders where cart_id = ?', cartId)).toEqual([]);
    await shop.clearFaults();
  });

  it('lets a payment whose answer was lost be finished at once, without its client', async () => {
    const customer = new Customer(shop);
    const cartId = await customer.fillCart();
    await shop.fault({ operation: 'payment_intents.confirm', fault: 'drop_answer', match: { cartId } });
    await shop.fault({ operation: 'payment_intents.retrieve', fault: 'refuse', times: 0, match: { cartId } });
    expect((await customer.pay(randomUUID(), { cartId })).error.reason).toBe('payment_outcome_unknown');
    await shop.clearFaults();

    expect((await send(eventOf(intentOf(shop, cartId), 'succeeded'))).status).toBe(200);
    await expect.poll(() => shop.rows('select 1 from orders where cart_id = ?', cartId).length).toBe(1);
    expect((await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId)).toHaveLength(1);
  });

  it('says 503 while it cannot be kept, and takes the event when it comes again', async () => {
    const [main] = shop.rows<{ file: string }>('pragma database_list');
    const blocker = new Sqlite(String(main?.file));
    const event = eventOf(`pi_${randomUUID()}`, 'succeeded');
    blocker.exec('begin immediate');
    expect(await send(event)).toMatchObject({ status: 503, body: { reason: 'storage_unavailable' } });
    blocker.exec('rollback');
    blocker.close();
    expect((await send(event)).status).toBe(200);
    expect(takenBy(shop, event.id)).toHaveLength(1);
  }, 15_000);
});
