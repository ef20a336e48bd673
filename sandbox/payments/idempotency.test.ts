import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aPayment, errorOf, freshSandbox } from '../testing/fresh-sandbox.ts';

let world: Awaited<ReturnType<typeof freshSandbox>>;
let clockMs = Date.now();
beforeEach(async () => {
  world = await freshSandbox({ now: () => clockMs });
});
afterEach(() => world.end());

test('a repeated key replays the first answer, over a restart, for 24 hours', async () => {
  const first = await world.stripe.paymentIntents.create(aPayment, { idempotencyKey: 'k' });
  await world.restart();
  const again = await world.stripe.paymentIntents.create(aPayment, { idempotencyKey: 'k' });
  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
  expect(again.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
  expect(again.lastResponse.requestId).not.toBe(first.lastResponse.requestId);

  clockMs += 24 * 60 * 60 * 1000 + 1;
  const later = await world.stripe.paymentIntents.create(aPayment, { idempotencyKey: 'k' });
  expect(later.id).not.toBe(first.id);
});

test('a decline is kept under its key and replayed', async () => {
  const intent = await world.stripe.paymentIntents.create({ ...aPayment, payment_method: 'pm_card_chargeDeclined' });
  const confirm = () => errorOf(world.stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey: 'k' }));
  const first = await confirm();
  const again = await confirm();
  expect(again).toMatchObject({ statusCode: 402, charge: first.charge, headers: { 'idempotent-replayed': 'true' } });
  expect(first.headers?.['stripe-should-retry']).toBe('false');
  expect((await world.stripe.charges.list()).data).toHaveLength(1);
});

test('a key is refused with other parameters and at another endpoint', async () => {
  const intent = await world.stripe.paymentIntents.create(aPayment, { idempotencyKey: 'k' });
  const otherAmount = world.stripe.paymentIntents.create({ ...aPayment, amount: 2491 }, { idempotencyKey: 'k' });
  const otherPath = world.stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey: 'k' });
  for (const error of [await errorOf(otherAmount), await errorOf(otherPath)]) {
    expect(error).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
  }
});

test('what fails validation, authentication or the rate limit leaves the key unused', async () => {
  const create = (params: object) =>
    world.stripe.paymentIntents.create({ ...aPayment, ...params }, { idempotencyKey: 'k' });
  await errorOf(create({ payment_method: 'pm_nobody' }));
  await errorOf(create({ amount: 1 }));
  await world.fault({ operation: 'payment_intents.create', fault: 'rate_limit', retryAfter: 'soon' });
  expect(await errorOf(create({}))).toMatchObject({ statusCode: 429, headers: { 'retry-after': 'soon' } });
  expect((await create({})).lastResponse.headers['idempotent-replayed']).toBeUndefined();
});

test('a failure after the charge is what the key replays; one before it is kept only when asked', async () => {
  const intent = await world.stripe.paymentIntents.create(aPayment);
  const confirm = (key: string) => world.stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey: key });
  const operation = 'payment_intents.confirm';
  await world.fault({ operation, fault: 'error', status: 503 });
  expect(await errorOf(confirm('a'))).toMatchObject({ statusCode: 503 });
  await world.fault({ operation, fault: 'error', saved: true });
  expect(await errorOf(confirm('a'))).toMatchObject({ statusCode: 500 });
  const replayed = await errorOf(confirm('a'));
  expect(replayed).toMatchObject({ statusCode: 500, headers: { 'idempotent-replayed': 'true' } });
  expect((await world.stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_confirmation');

  await world.fault({ operation, fault: 'error_after', status: 502 });
  expect(await errorOf(confirm('b'))).toMatchObject({ statusCode: 502 });
  expect(await errorOf(confirm('b'))).toMatchObject({ statusCode: 502 });
  expect((await world.stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
  expect((await world.stripe.charges.list()).data).toHaveLength(1);
});

test('a provider that forgot the key does the work again', async () => {
  const first = await world.stripe.paymentIntents.create(aPayment, { idempotencyKey: 'k' });
  await world.fault({ operation: 'payment_intents.create', fault: 'forget_keys' });
  const second = await world.stripe.paymentIntents.create(aPayment, { idempotencyKey: 'k' });
  expect(second.id).not.toBe(first.id);
});

test('a replica that lags knows neither the key nor the charge, so one intent is charged twice in the one ledger', async () => {
  const { stripe } = world;
  const intent = await stripe.paymentIntents.create(aPayment);
  const confirm = () => stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey: 'k' });
  const one = await confirm();
  await world.fault({ operation: 'payment_intents.retrieve', fault: 'replica', delayMs: 5000 });
  await world.fault({ operation: 'payment_intents.confirm', fault: 'replica', delayMs: 5000 });
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_confirmation');
  const two = await confirm();
  const charges = (await stripe.charges.list({ payment_intent: intent.id })).data.map(({ id }) => id);
  expect(charges).toEqual([two.latest_charge, one.latest_charge]);

  expect((await stripe.paymentIntents.retrieve(intent.id)).latest_charge).toBe(one.latest_charge);
  clockMs += 5000;
  expect((await stripe.paymentIntents.retrieve(intent.id)).latest_charge).toBe(two.latest_charge);
  expect((await confirm()).lastResponse.headers['idempotent-replayed']).toBe('true');
  const second = await stripe.refunds.create({ charge: String(two.latest_charge) });
  expect(second).toMatchObject({ amount: 2490, payment_intent: intent.id });
});

test('two replicas make two intents for one key until the lag has passed', async () => {
  const create = () => world.stripe.paymentIntents.create(aPayment, { idempotencyKey: 'k' });
  const first = await create();
  await world.fault({ operation: 'payment_intents.create', fault: 'replica', delayMs: 5000, times: 2 });
  const second = await create();
  expect(second.id).not.toBe(first.id);
  expect((await create()).id).toBe(second.id);
  expect((await world.stripe.paymentIntents.list()).data).toHaveLength(2);
});

test('work that is slow holds its key and its intent, and is done once', async () => {
  const { stripe } = world;
  const intent = await stripe.paymentIntents.create(aPayment);
  await world.fault({ operation: 'payment_intents.confirm', fault: 'delay_work', delayMs: 300 });
  const confirm = (idempotencyKey: string) => stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey });
  const slow = confirm('k');
  await expect.poll(async () => (await world.call('GET', '/faults')).body.faults[0].hits).toBe(1);
  const others = await Promise.all([errorOf(confirm('k')), errorOf(confirm('other'))]);
  expect(others).toMatchObject([
    { statusCode: 409, code: 'idempotency_key_in_use', headers: { 'stripe-should-retry': 'true' } },
    { statusCode: 429, code: 'lock_timeout', headers: { 'stripe-should-retry': 'true' } },
  ]);
  expect((await slow).status).toBe('succeeded');
  expect((await stripe.charges.list()).data).toHaveLength(1);
});

test('fifty requests at once with one key make one intent', async () => {
  const create = () =>
    world.stripe.paymentIntents.create(aPayment, { idempotencyKey: 'k' }).then(
      ({ id }) => id,
      (error) => error.code as string,
    );
  await world.fault({ operation: 'payment_intents.create', fault: 'delay_work', delayMs: 100, times: 0 });
  const answers = new Set(await Promise.all(Array.from({ length: 50 }, create)));
  answers.delete('idempotency_key_in_use');
  expect(answers.size).toBe(1);
  expect((await world.stripe.paymentIntents.list()).data).toHaveLength(1);
});

test('a key of 255 characters is taken, one of 256 is not', async () => {
  const create = (length: number) =>
    world.stripe.paymentIntents.create(aPayment, { idempotencyKey: 'k'.repeat(length) });
  expect((await create(255)).status).toBe('requires_confirmation');
  expect(await errorOf(create(256))).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400 });
});

test('while the bank thinks the key is in use and the intent locked, and the charge outlives its caller', async () => {
  const { stripe } = world;
  const intent = await stripe.paymentIntents.create({ ...aPayment, payment_method: 'pm_card_slowBank' });
  const confirm = (timeout: number, params = {}) =>
    stripe.paymentIntents.confirm(intent.id, params, { idempotencyKey: 'k', timeout });
  const gone = await errorOf(confirm(200));
  expect(gone.type).toBe('StripeConnectionError');

  expect(await errorOf(confirm(8000))).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  const other = { payment_method: 'pm_card_visa' };
  expect(await errorOf(confirm(8000, other))).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
  expect(await errorOf(stripe.paymentIntents.cancel(intent.id))).toMatchObject({ code: 'lock_timeout' });
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_confirmation');

  await wait(6000);
  const paid = await confirm(8000);
  expect(paid).toMatchObject({ status: 'succeeded' });
  expect(paid.lastResponse.headers['idempotent-replayed']).toBe('true');
  expect((await stripe.charges.list()).data).toHaveLength(1);
}, 12_000);
