import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aPayment, freshSandbox } from '../testing/fresh-sandbox.ts';

const secret = 'whsec_of_this_test';
let world: Awaited<ReturnType<typeof freshSandbox>>;
let heard: { event: Stripe.Event | undefined; type: string; id: string }[] = [];
let refusals = 0;

/** A shop that writes down what it hears, and refuses as often as it is told. */
const shop = createServer(async (request, response) => {
  const body = await text(request);
  const said = JSON.parse(body) as Stripe.Event;
  refusals -= 1;
  if (refusals >= 0) return void response.writeHead(503).end();
  let event: Stripe.Event | undefined;
  try {
    event = world.stripe.webhooks.constructEvent(body, String(request.headers['stripe-signature']), secret);
  } catch {
    event = undefined;
  }
  heard.push({ event, type: said.type, id: said.id });
  response.writeHead(200).end();
});

beforeEach(async () => {
  heard = [];
  refusals = 0;
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  world = await freshSandbox(endpoint());
});
afterEach(async () => {
  await world.end();
  shop.closeAllConnections();
  await new Promise((resolve) => shop.close(resolve));
});

const endpoint = () => ({
  webhookUrl: `http://127.0.0.1:${(shop.address() as AddressInfo).port}/`,
  webhookSecret: secret,
});
const pay = () => world.stripe.paymentIntents.create({ ...aPayment, confirm: true });
const types = () => heard.map(({ type }) => type);
const paidTypes = ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'];

test('what happened is told in order, signed as Stripe signs, and again until it is taken', async () => {
  refusals = 1;
  await pay();
  await expect.poll(() => types().toSorted(), { timeout: 5000 }).toEqual(paidTypes.toSorted());
  expect(heard.every(({ event }) => event !== undefined)).toBe(true);
  expect((await world.stripe.events.list({ type: 'charge.succeeded' })).data).toHaveLength(1);
});

test('webhooks come twice, shuffled, or with a forged or a stale one beside them', async () => {
  const operation = 'payment_intents.create';
  await world.fault({ operation, fault: 'webhook_twice' });
  await pay();
  await expect.poll(types).toEqual(paidTypes.flatMap((type) => [type, type]));
  heard = [];
  await world.fault({ operation, fault: 'webhook_forged' });
  await pay();
  await expect.poll(types).toHaveLength(6);
  expect(heard.map(({ event }) => event !== undefined)).toEqual([true, false, true, false, true, false]);
  heard = [];
  await world.fault({ operation, fault: 'webhook_stale' });
  await pay();
  await expect.poll(types).toHaveLength(6);
  expect(heard.map(({ event }) => event !== undefined)).toEqual([true, false, true, false, true, false]);
  expect(new Set(heard.map(({ id }) => id)).size).toBe(3);
  heard = [];
  await world.fault({ operation, fault: 'webhook_shuffled', delayMs: 300 });
  await pay();
  await expect.poll(types, { timeout: 5000 }).toEqual(paidTypes.toReversed());
});

test('an endpoint that has named its events is sent those alone, and all of them are kept', async () => {
  await world.end();
  world = await freshSandbox({ ...endpoint(), webhookEvents: ['payment_intent.succeeded', 'payment_intent.canceled'] });
  await pay();
  await world.stripe.paymentIntents.cancel((await world.stripe.paymentIntents.create(aPayment)).id);
  await expect.poll(types).toEqual(['payment_intent.succeeded', 'payment_intent.canceled']);
  expect((await world.stripe.events.list()).data).toHaveLength(paidTypes.length + 2);
});

test('a cancel and a refund are told as what they are', async () => {
  const { stripe } = world;
  const paid = await pay();
  await stripe.refunds.create({ payment_intent: paid.id });
  await stripe.paymentIntents.cancel((await stripe.paymentIntents.create(aPayment)).id);
  await expect
    .poll(types)
    .toEqual([...paidTypes, 'charge.refunded', 'refund.created', 'payment_intent.created', 'payment_intent.canceled']);
});

test('what was not taken before a restart is told after it', async () => {
  refusals = 3;
  await pay();
  await world.restart();
  await expect.poll(() => types().toSorted(), { timeout: 5000 }).toEqual(paidTypes.toSorted());
});
