import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aPayment, errorOf, freshSandbox, stripeFor } from '../testing/fresh-sandbox.ts';

let world: Awaited<ReturnType<typeof freshSandbox>>;
beforeAll(async () => {
  world = await freshSandbox();
});
afterAll(() => world.end());
beforeEach(() => world.call('POST', '/reset'));

test('a confirmed intent has one captured charge that carries its transfer group and metadata', async () => {
  const { stripe } = world;
  const intent = await stripe.paymentIntents.create(aPayment);
  expect(intent).toMatchObject({ status: 'requires_confirmation', amount_received: 0, latest_charge: null });

  const paid = await stripe.paymentIntents.confirm(intent.id);
  expect(paid).toMatchObject({ status: 'succeeded', amount_received: 2490, metadata: aPayment.metadata });
  expect(paid.lastResponse.requestId).toMatch(/^req_/);

  const charge = await stripe.charges.retrieve(String(paid.latest_charge));
  expect(charge).toMatchObject({
    captured: true,
    amount: 2490,
    transfer_group: 'customer-1',
    payment_intent: intent.id,
  });
  expect(charge.payment_method_details?.card?.last4).toBe('4242');
  const inside = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
  expect(inside.latest_charge).toEqual(expect.objectContaining({ id: charge.id, captured: true }));
});

test.each([
  ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
  ['pm_card_visa_chargeDeclinedStolenCard', 'card_declined', 'stolen_card'],
  ['pm_card_visa_chargeDeclinedVelocityLimitExceeded', 'card_declined', 'card_velocity_exceeded'],
  ['pm_card_visa_chargeDeclinedExpiredCard', 'expired_card', undefined],
  ['pm_card_visa_chargeDeclinedIncorrectCvc', 'incorrect_cvc', undefined],
  ['pm_card_visa_chargeDeclinedProcessingError', 'processing_error', undefined],
])('%s is declined with its code, and the intent waits for another method', async (token, code, declineCode) => {
  const { stripe } = world;
  const intent = await stripe.paymentIntents.create({ ...aPayment, payment_method: token });
  const error = await errorOf(stripe.paymentIntents.confirm(intent.id));
  expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code });
  expect(error.decline_code || undefined).toBe(declineCode);
  expect(error.payment_intent).toMatchObject({ id: intent.id, status: 'requires_payment_method' });

  const after = await stripe.paymentIntents.retrieve(intent.id);
  expect(after).toMatchObject({ status: 'requires_payment_method', last_payment_error: { type: 'card_error', code } });
  const charges = await stripe.charges.list({ payment_intent: intent.id });
  expect(charges.data).toMatchObject([{ status: 'failed', captured: false, paid: false, failure_code: code }]);

  const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
  expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null });
});

test('a bank that wants authentication moves no money', async () => {
  const { stripe } = world;
  const intent = await stripe.paymentIntents.create({ ...aPayment, payment_method: 'pm_card_authenticationRequired' });
  const waiting = await stripe.paymentIntents.confirm(intent.id);
  expect(waiting).toMatchObject({ status: 'requires_action', amount_received: 0 });
  expect(waiting.next_action?.type).toBe('use_stripe_sdk');
  expect((await stripe.charges.list()).data).toEqual([]);
  expect((await stripe.paymentIntents.cancel(intent.id)).status).toBe('canceled');
});

test('an intent is confirmed once, and never after it was canceled', async () => {
  const { stripe } = world;
  const paid = await stripe.paymentIntents.create({ ...aPayment, confirm: true });
  const canceled = await stripe.paymentIntents.create(aPayment);
  await stripe.paymentIntents.cancel(canceled.id, { cancellation_reason: 'abandoned' });
  const unready = await stripe.paymentIntents.create({ amount: 2490, currency: 'eur' });
  expect(unready.status).toBe('requires_payment_method');

  const refusals = await Promise.all([
    errorOf(stripe.paymentIntents.confirm(paid.id)),
    errorOf(stripe.paymentIntents.cancel(paid.id)),
    errorOf(stripe.paymentIntents.confirm(canceled.id)),
    errorOf(stripe.paymentIntents.confirm(unready.id)),
  ]);
  for (const error of refusals) {
    expect(error).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
    expect(error.payment_intent).toBeDefined();
  }
  expect((await stripe.charges.list()).data).toHaveLength(1);
});

test('what cannot be is refused as Stripe refuses it', async () => {
  const { stripe } = world;
  const unknownMethod = stripe.paymentIntents.create({ ...aPayment, payment_method: 'pm_card_nobody' });
  expect(await errorOf(unknownMethod)).toMatchObject({
    statusCode: 400,
    code: 'resource_missing',
    param: 'payment_method',
  });
  expect(await errorOf(stripe.paymentIntents.retrieve('pi_nobody'))).toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
  });
  expect(await errorOf(stripe.paymentIntents.create({ ...aPayment, amount: 1.5 }))).toMatchObject({ param: 'amount' });
  const noAmount = stripe.paymentIntents.create({ currency: 'eur' } as never);
  expect(await errorOf(noAmount)).toMatchObject({ code: 'parameter_missing', param: 'amount' });
  const typo = stripe.paymentIntents.create({ ...aPayment, transfergroup: 'x' } as never);
  expect(await errorOf(typo)).toMatchObject({ code: 'parameter_unknown', param: 'transfergroup' });
  const unready = stripe.paymentIntents.create({ amount: 2490, currency: 'eur', confirm: true });
  expect(await errorOf(unready)).toMatchObject({ code: 'payment_intent_unexpected_state' });
  expect((await stripe.paymentIntents.list()).data).toEqual([]);
  const stranger = stripeFor(world.sandbox.port, 'sk_live_somebody').paymentIntents.list();
  expect(await errorOf(stranger)).toMatchObject({ type: 'StripeAuthenticationError', code: 'invalid_api_key' });
});

test('a declined confirm and a payment with another card on another intent leave one captured charge', async () => {
  const { stripe } = world;
  const pay = (payment_method: string) => stripe.paymentIntents.create({ ...aPayment, payment_method, confirm: true });
  const declined = await errorOf(pay('pm_card_chargeDeclined'));
  expect(await stripe.paymentIntents.cancel(declined.payment_intent?.id ?? '')).toMatchObject({ status: 'canceled' });
  await pay('pm_card_visa');
  const charges = (await stripe.charges.list({ transfer_group: 'customer-1' })).data;
  expect(charges.map(({ captured }) => captured)).toEqual([true, false]);
});

test('charges are listed newest first, by group, by time and page by page', async () => {
  const { stripe } = world;
  for (const group of ['a', 'b', 'a', 'a']) {
    await stripe.paymentIntents.create({ ...aPayment, transfer_group: group, confirm: true });
  }
  const [newest, second, oldest] = (await stripe.charges.list({ transfer_group: 'a', limit: 100 })).data;
  const page = await stripe.charges.list({ transfer_group: 'a', limit: 2 });
  expect(page).toMatchObject({ has_more: true, data: [{ id: newest?.id }, { id: second?.id }] });
  const next = await stripe.charges.list({ transfer_group: 'a', limit: 2, starting_after: String(second?.id) });
  expect(next).toMatchObject({ has_more: false, data: [{ id: oldest?.id }] });
  expect(await stripe.charges.list({ limit: 1 }).autoPagingToArray({ limit: 10 })).toHaveLength(4);
  const ever = await stripe.paymentIntents.list({ created: { gte: Number(oldest?.created) } });
  expect(ever.data).toHaveLength(4);
  expect((await stripe.charges.list({ created: { gt: Number(newest?.created) } })).data).toEqual([]);
});

test('a charge is refunded in parts and never beyond what it took', async () => {
  const { stripe } = world;
  const { id, latest_charge: charge } = await stripe.paymentIntents.create({ ...aPayment, confirm: true });
  await stripe.refunds.create({ payment_intent: id, amount: 490 });
  expect(await errorOf(stripe.refunds.create({ payment_intent: id, amount: 2001 }))).toMatchObject({ param: 'amount' });
  const rest = await stripe.refunds.create({ charge: String(charge), metadata: { why: 'test' } });
  expect(rest).toMatchObject({ amount: 2000, status: 'succeeded', payment_intent: id });
  expect(await errorOf(stripe.refunds.create({ charge: String(charge) }))).toMatchObject({
    code: 'charge_already_refunded',
  });
  expect(await stripe.charges.retrieve(String(charge))).toMatchObject({ amount_refunded: 2490, refunded: true });
  expect((await stripe.refunds.list({ payment_intent: id })).data).toHaveLength(2);
});
