import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { QUESTION_ATTEMPTS } from '#server/payments/ask-again.ts';
import { Customer } from './customer.ts';
import { type RunningShop, startShop } from './running-shop.ts';

const OLD = 'old'.repeat(12);
const NEW = 'new'.repeat(12);

/** Holds the outside world and the database, which stay while shops come and go. */
let world: RunningShop;
let folder: string;
beforeAll(async () => {
  world = await startShop({ WORKERS: 'off' });
  folder = mkdtempSync(join(tmpdir(), 'payonce-secret-'));
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const WEBHOOK_SECRET = 'whsec_of_these_tests';

const startWith = (secret: string) =>
  startShop({
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    SECRET: secret,
    WORKERS: 'off',
    DATABASE_URL: `file:${join(folder, 'payonce.db')}`,
    SANDBOX_PORT: new URL(world.sandboxUrl).port,
  });

it('a secret that is rotated in the middle of payments ends no session, no replay and no payment', async () => {
  const key = { paid: randomUUID(), begun: randomUUID(), late: randomUUID() };
  const before = await startWith(OLD);
  const customer = new Customer(before);
  const paidCart = await customer.fillCart();
  const paid = await customer.pay(key.paid, { cartId: paidCart });
  expect(paid.status).toBe(200);
  const begunCart = await customer.fillCart();
  await world.fault({ operation: 'payment_intents.confirm', fault: 'drop_answer' });
  await world.fault({ operation: 'payment_intents.retrieve', fault: 'refuse', times: QUESTION_ATTEMPTS });
  expect((await customer.pay(key.begun, { cartId: begunCart })).error.reason).toBe('payment_outcome_unknown');
  await before[Symbol.asyncDispose]();

  const during = await startWith(`${NEW},${OLD}`);
  customer.visit(during);
  const replay = await customer.pay(key.paid, { cartId: paidCart });
  expect(replay.text).toBe(paid.text);
  expect(replay.headers.get('Idempotent-Replayed')).toBe('true');
  const reused = await customer.pay(key.paid, { cartId: paidCart, email: 'other@example.com' });
  expect(reused.error.reason).toBe('idempotency_key_reused');
  expect((await customer.pay(key.begun, { cartId: begunCart })).status).toBe(200);
  const newcomer = new Customer(during);
  const lateCart = await newcomer.fillCart();
  const late = await newcomer.pay(key.late, { cartId: lateCart });
  expect(late.status).toBe(200);
  await during[Symbol.asyncDispose]();

  await using after = await startWith(NEW);
  newcomer.visit(after);
  expect((await newcomer.pay(key.late, { cartId: lateCart })).text).toBe(late.text);
  const charges = await world.charges();
  expect(charges.map(({ metadata }) => metadata.cart_id).sort()).toEqual([paidCart, begunCart, lateCart].sort());
  // The provider knows one shop, whatever it signs with.
  expect(new Set(charges.map(({ metadata }) => metadata.payonce_instance)).size).toBe(1);
});

it('an event that was taken under a secret that is gone is known again, and the provider need not send it for days', async () => {
  const payload = JSON.stringify({
    id: `evt_${randomUUID()}`,
    type: 'payment_intent.succeeded',
    created: Math.floor(Date.now() / 1000),
    data: { object: { id: 'pi_1', object: 'payment_intent', status: 'succeeded' } },
  });
  const deliverTo = async ({ url }: RunningShop) => {
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET });
    const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': signature };
    const response = await fetch(`${url}/api/webhooks/payments`, { method: 'POST', headers, body: payload });
    return response.status;
  };
  const before = await startWith(OLD);
  expect(await deliverTo(before)).toBe(200);
  await before[Symbol.asyncDispose]();
  await using after = await startWith(NEW);
  expect(await deliverTo(after)).toBe(200);
});
