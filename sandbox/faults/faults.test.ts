import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { aPayment, errorOf, freshSandbox } from '../testing/fresh-sandbox.ts';

let world: Awaited<ReturnType<typeof freshSandbox>>;
beforeAll(async () => {
  world = await freshSandbox();
});
afterEach(() => world.call('POST', '/reset'));
afterAll(() => world.end());

const quote = {
  lines: [{ sku: 'field-notes', quantity: 1, unitAmountMinor: 2075 }],
  subtotalMinor: 2075,
  currency: 'eur',
};
const askTax = () => world.call('POST', '/tax/quote', quote);

test('tax is 20 % of the subtotal, rounded half up', async () => {
  expect((await askTax()).body).toEqual({ taxMinor: 415, rate: 0.2 });
  const halves = await world.call('POST', '/tax/quote', { ...quote, lines: [], subtotalMinor: 1003 });
  expect(halves.body.taxMinor).toBe(201);
  expect((await world.call('POST', '/tax/quote', { ...quote, subtotalMinor: '2075' })).status).toBe(400);
});

test('a fault strikes as often as it was told, and tells how often it did', async () => {
  const { body } = await world.fault({ operation: 'tax.quote', fault: 'error', status: 503, retryAfter: 2, times: 2 });
  const answers = [await askTax(), await askTax(), await askTax()];
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
  expect(answers[0]?.headers.get('retry-after')).toBe('2');
  expect((await world.call('GET', '/faults')).body.faults).toMatchObject([
    { faultId: body.faultId, hits: 2, times: 2 },
  ]);
});

test('a fault without end stops when it is deleted', async () => {
  const { body } = await world.fault({ operation: 'tax.quote', fault: 'refuse', times: 0 });
  await expect(askTax()).rejects.toThrow();
  await expect(askTax()).rejects.toThrow();
  await world.call('DELETE', `/faults/${body.faultId}`);
  expect((await askTax()).status).toBe(200);
});

test('a script that makes no sense is refused', async () => {
  expect((await world.fault({ operation: 'tax.qoute', fault: 'error' })).status).toBe(400);
  expect((await world.fault({ operation: 'tax.quote', fault: 'error', match: { cart: 'x' } })).status).toBe(400);
});

test('a fault on a confirm is matched with the intent, its group and its cart', async () => {
  const { stripe } = world;
  const mine = await stripe.paymentIntents.create(aPayment);
  const other = await stripe.paymentIntents.create({ ...aPayment, transfer_group: 'customer-2', metadata: {} });
  const match = { transferGroup: 'customer-1', cartId: 'cart-1', metadata: { attempt_id: 'attempt-1' } };
  await world.fault({ operation: 'payment_intents.confirm', fault: 'error', match });
  expect((await stripe.paymentIntents.confirm(other.id)).status).toBe('succeeded');
  expect(await errorOf(stripe.paymentIntents.confirm(mine.id))).toMatchObject({ statusCode: 500 });
  expect((await stripe.paymentIntents.retrieve(mine.id)).status).toBe('requires_confirmation');
});

test('a dropped answer leaves the charge made; the official client sends once more by itself and sees the replay', async () => {
  const { stripe } = world;
  const intent = await stripe.paymentIntents.create(aPayment);
  const match = { idempotencyKeyPrefix: 'attempt-1:' };
  await world.fault({ operation: 'payment_intents.confirm', fault: 'drop_answer', times: 2, match });
  const confirm = () => stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey: 'attempt-1:confirm:1' });
  expect(await errorOf(confirm())).toMatchObject({ type: 'StripeConnectionError' });
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
  expect((await confirm()).lastResponse.headers['idempotent-replayed']).toBe('true');
  expect((await stripe.charges.list()).data).toHaveLength(1);
});

test('a delayed answer comes after the deed, a delayed request before it', async () => {
  const { stripe } = world;
  const intent = await stripe.paymentIntents.create(aPayment);
  const status = async () => (await stripe.paymentIntents.retrieve(intent.id)).status;
  await world.fault({ operation: 'payment_intents.confirm', fault: 'delay', delayMs: 250 });
  await errorOf(stripe.paymentIntents.confirm(intent.id, {}, { timeout: 50 }));
  expect(await status()).toBe('requires_confirmation');
  await expect.poll(status).toBe('succeeded');

  const second = await stripe.paymentIntents.create(aPayment);
  await world.fault({ operation: 'payment_intents.confirm', fault: 'delay_answer', delayMs: 250 });
  await errorOf(stripe.paymentIntents.confirm(second.id, {}, { timeout: 100 }));
  expect((await stripe.paymentIntents.retrieve(second.id)).status).toBe('succeeded');
});

test('an answer that comes twice is two answers on one connection', async () => {
  await world.fault({ operation: 'tax.quote', fault: 'answer_twice' });
  const body = JSON.stringify(quote);
  const socket = connect(world.sandbox.port, '127.0.0.1');
  socket.write(`POST /tax/quote HTTP/1.1\r\nHost: sandbox\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  await expect.poll(() => heard.split('"taxMinor":415').length - 1).toBe(2);
  socket.destroy();
  expect((await askTax()).status).toBe(200);
});

test('a reset forgets payments, keys, messages and faults', async () => {
  const { stripe } = world;
  const first = await stripe.paymentIntents.create({ ...aPayment, confirm: true }, { idempotencyKey: 'k' });
  await world.fault({ operation: '*', fault: 'refuse', times: 0 });
  await world.call('POST', '/reset');
  expect((await stripe.charges.list()).data).toEqual([]);
  expect((await world.call('GET', '/faults')).body.faults).toEqual([]);
  expect((await stripe.paymentIntents.create(aPayment, { idempotencyKey: 'k' })).id).not.toBe(first.id);
});

test('an oversized body, a broken one and an unknown address are refused', async () => {
  const post = (body: string) => fetch(`${world.sandbox.url}/tax/quote`, { method: 'POST', body });
  expect((await post('x'.repeat(64 * 1024 + 1))).status).toBe(413);
  expect((await post('{"lines":')).status).toBe(400);
  expect((await world.call('GET', '/nowhere')).status).toBe(404);
});
