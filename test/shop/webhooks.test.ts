import { randomUUID } from 'node:crypto';
import { type ManualClock, manualClock } from '@payonce/trpc-idempotency/testing';
import Sqlite from 'better-sqlite3';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

const SECRET = 'whsec_of_these_tests';

const stateOf = (shop: RunningShop, intentId: string) =>
  shop.rows<{ status: string }>('select status from intent_states where intent_id = ?', intentId)[0]?.status;

const intentOf = (shop: RunningShop, cartId: string) =>
  String(shop.rows<{ intent_id: string }>('select intent_id from payments where cart_id = ?', cartId)[0]?.intent_id);

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
      const before = shop.rows('select 1 from webhook_events').length;
      expect((await customer.pay(randomUUID(), { cartId })).status).toBe(200);

      // Made, charged, succeeded: what is forged or stale beside them is not taken.
      await expect.poll(() => shop.rows('select 1 from webhook_events').length - before, { timeout: 5_000 }).toBe(3);
      expect(stateOf(shop, intentOf(shop, cartId))).toBe('succeeded');
      expect(shop.rows('select 1 from orders where cart_id = ?', cartId)).toHaveLength(1);
      expect((await shop.charges()).filter(({ metadata }) => metadata.cart_id === cartId)).toHaveLength(1);
    },
  );
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

  const eventOf = (intentId: string, status: string, secondsLater = 0) => ({
    id: `evt_${randomUUID()}`,
    object: 'event',
    type: `payment_intent.${status}`,
    created: Math.floor(clock() / 1000) + secondsLater,
    data: { object: { id: intentId, object: 'payment_intent', status } },
  });

  async function send(event: object, signed: { secret?: string; ageSeconds?: number } | null = {}) {
    const payload = JSON.stringify(event);
    const timestamp = Math.floor(clock() / 1000) - (signed?.ageSeconds ?? 0);
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: signed?.secret ?? SECRET,
      timestamp,
    });
    const response = await fetch(`${shop.url}/api/webhooks/payments`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(signed && { 'Stripe-Signature': signature }) },
      body: payload,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('takes an event that comes three times once, and says so each time', async () => {
    const event = eventOf(`pi_${randomUUID()}`, 'processing');
    for (const answer of await Promise.all([send(event), send(event), send(event)])) {
      expect(answer).toEqual({ status: 200, body: { received: true } });
    }
    expect(shop.rows('select 1 from webhook_events where event_id = ?', event.id)).toHaveLength(1);
  });

  it('keeps nothing of an event that is forged, unsigned or older than 300 seconds', async () => {
    const intentId = `pi_${randomUUID()}`;
    const event = eventOf(intentId, 'succeeded');
    for (const signed of [null, { secret: 'whsec_of_somebody_else' }, { ageSeconds: 301 }]) {
      expect(await send(event, signed)).toMatchObject({ status: 400, body: { reason: 'webhook_not_signed' } });
    }
    expect(shop.rows('select 1 from webhook_events where event_id = ?', event.id)).toEqual([]);
    expect(stateOf(shop, intentId)).toBeUndefined();
    expect((await send(event, { ageSeconds: 300 })).status).toBe(200);
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
    expect(shop.rows('select 1 from webhook_events where event_id = ?', event.id)).toHaveLength(1);
  }, 15_000);
});
