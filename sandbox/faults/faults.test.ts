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

test('a fault strikes as often as it was told, and tells how often it did', async () => {
  const { body } = await world.fault({ operation: 'tax.quote', fault: 'error', status: 503, retryAfter: 2, times: 2 });
  const answers = [await askTax(), await askTax(), await askTax()];
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
  expect(answers[0]?.headers.get('retry-after')).toBe('2');
  expect((await world.call('GET', '/faults')).body.faults).toMatchObject([
    { faultId: body.faultId, hits: 2, times: 2 },
  ]);
});

test('a fault may let requests through before it strikes', async () => {
  await world.fault({ operation: 'tax.quote', fault: 'error', status: 503, skip: 1 });
  const answers = [await askTax(), await askTax(), await askTax()];
  expect(answers.map(({ status }) => status)).toEqual([200, 503, 200]);
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
  expect((await world.fault({ operation: 'tax.quote', fault: 'webhook_twice' })).status).toBe(400);
  expect((await world.fault({ operation: 'tax.quote', fault: 'tax_rate' })).status).toBe(400);
  expect((await world.fault({ operation: 'charges.list', fault: 'tax_rate', rate: 0.3 })).status).toBe(400);
  expect((await world.fault({ operation: 'tax.quote', fault: 'error', retryAfter: 'x\r\nSet-Cookie: y' })).status).toBe(
    400,
  );
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

test('an answer that is cut midway says 200 and then nothing more', async () => {
  const { stripe } = world;
  const intent = await stripe.paymentIntents.create(aPayment);
  await world.fault({ operation: 'payment_intents.confirm', fault: 'cut_answer', times: 2 });
  const response = await fetch(`${world.sandbox.url}/v1/payment_intents/${intent.id}/confirm`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sk_test_sandbox' },
  });
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
  expect(await errorOf(stripe.paymentIntents.confirm(intent.id))).toMatchObject({ statusCode: undefined });
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
});

test('an altered answer lies once, and the ledger keeps the truth', async () => {
  const { stripe } = world;
  const intent = await stripe.paymentIntents.create(aPayment);
  const answer = { amount_received: 1, currency: 'usd' };
  await world.fault({ operation: 'payment_intents.confirm', fault: 'alter_answer', answer });
  const confirm = () => stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey: 'k' });
  expect(await confirm()).toMatchObject({ status: 'succeeded', ...answer });
  expect(await confirm()).toMatchObject({ amount_received: 2490, currency: 'eur' });
});

test('an answer that comes twice is two answers on one connection', async () => {
  await world.fault({ operation: 'tax.quote', fault: 'answer_twice' });
  const body = JSON.stringify(quote);
  const socket = connect(world.sandbox.port, '127.0.0.1');
  socket.write(`POST /tax/quote HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
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

test('what was under way at a reset is cut and never happens', async () => {
  await world.fault({ operation: 'payment_intents.create', fault: 'delay_work', delayMs: 60_000 });
  const cut = fetch(`${world.sandbox.url}/v1/payment_intents`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sk_test_sandbox' },
    body: new URLSearchParams({ amount: '2490', currency: 'eur', payment_method: 'pm_card_visa', confirm: 'true' }),
  });
  const outcome = expect(cut).rejects.toThrow();
  await expect.poll(async () => (await world.call('GET', '/faults')).body.faults[0].hits).toBe(1);
  await world.call('POST', '/reset');
  await outcome;
  expect((await world.stripe.charges.list()).data).toEqual([]);
});

test('an answer that is lost and asked for at a replica that lags is money taken twice', async () => {
  const { stripe } = world;
  const intent = await stripe.paymentIntents.create(aPayment);
  await world.fault({ operation: 'payment_intents.confirm', fault: 'drop_answer' });
  await world.fault({ operation: 'payment_intents.retrieve', fault: 'replica' });
  await world.fault({ operation: 'payment_intents.confirm', fault: 'replica', skip: 1 });
  // The official client sends once more by itself, with the same key.
  await stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey: 'k' });
  const charges = (await stripe.charges.list({ payment_intent: intent.id })).data;
  expect(charges.map(({ captured }) => captured)).toEqual([true, true]);
});
