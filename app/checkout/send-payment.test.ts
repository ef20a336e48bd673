import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createShop } from '../trpc/create-shop.ts';
import type { TryEvent } from './payment-answers.ts';
import type { PaymentAttempt } from './payment-state.ts';
import { lookUpPayment, sendPayment } from './send-payment.ts';

const INPUT = {
  cartId: '0192f0a0-0000-7000-8000-000000000000',
  cartVersion: 1,
  paymentMethod: 'pm_card_visa',
  expectedTotalMinor: 2490,
  email: 'guest@example.com',
};
const ATTEMPT: PaymentAttempt = { reference: 'key-1', input: INPUT, startedAt: 0 };

type Answer = () => Response;

const lost: Answer = () => {
  throw new TypeError('Failed to fetch');
};
const data =
  (body: unknown): Answer =>
  () =>
    Response.json({ result: { data: body } });
const failure =
  (httpStatus: number, body: object): Answer =>
  () =>
    Response.json({ error: { message: 'no', code: -32_000, data: { httpStatus, ...body } } }, { status: httpStatus });

/** The real client with its real links, over a network that answers from a list and then keeps to the last answer. */
function shopThat(...answers: [Answer, ...Answer[]]) {
  const keys: (string | null)[] = [];
  const numbers: (string | null)[] = [];
  const shop = createShop(async (_target, init) => {
    const answer = answers[Math.min(keys.length, answers.length - 1)] as Answer;
    const headers = new Headers(init?.headers);
    keys.push(headers.get('idempotency-key'));
    numbers.push(headers.get('payonce-attempt'));
    return answer();
  });
  const events: TryEvent['kind'][] = [];
  const send = async (attempt = ATTEMPT, { sentBefore = false, triesBefore = 0 } = {}) => {
    const observe = ({ kind }: TryEvent) => void events.push(kind);
    const outcome = sendPayment(shop, attempt, { observe, sentBefore, triesBefore });
    await vi.advanceTimersByTimeAsync(120_000);
    return outcome;
  };
  return { shop, keys, numbers, events, send };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('two lost answers and one that comes through: three tries under one key, paid', async () => {
  const { send, keys, events } = shopThat(lost, lost, data({ orderId: 'order-1' }));
  expect(await send()).toEqual({ kind: 'paid', orderId: 'order-1' });
  expect(keys).toEqual(['"key-1"', '"key-1"', '"key-1"']);
  expect(events).toEqual(['try', 'failed', 'try', 'failed', 'try']);
});

test('without protection every try is sent without a key', async () => {
  const { send, keys } = shopThat(lost, data({ orderId: 'order-1' }));
  expect(await send({ ...ATTEMPT, reference: null })).toEqual({ kind: 'paid', orderId: 'order-1' });
  expect(keys).toEqual([null, null]);
});

test('a decline is a decline, with what the bank said of it, and is not tried again', async () => {
  const declined = { reason: 'card_declined', retryable: false, declineCode: 'insufficient_funds' };
  const { send, keys } = shopThat(failure(402, declined));
  expect(await send()).toMatchObject({ kind: 'declined', reason: 'card_declined', extras: declined });
  expect(keys).toHaveLength(1);
});

test('any other definite no is a refusal', async () => {
  const { send } = shopThat(failure(409, { reason: 'out_of_stock', retryable: false, sku: 'last-print' }));
  expect(await send()).toMatchObject({ kind: 'refused', reason: 'out_of_stock', extras: { sku: 'last-print' } });
});

test('a network that never answers leaves the outcome unknown, never refused', async () => {
  const { send, keys } = shopThat(lost);
  expect(await send()).toEqual({ kind: 'unknown' });
  expect(keys).toHaveLength(5);
});

test('a shop that does not know yet leaves the outcome unknown', async () => {
  const { send } = shopThat(failure(503, { reason: 'payment_outcome_unknown', retryable: true }));
  expect(await send()).toEqual({ kind: 'unknown' });
});

test('a page of somebody in between is no answer of the shop', async () => {
  const { send } = shopThat(() => new Response('<h1>Blocked</h1>', { status: 403 }));
  expect(await send()).toEqual({ kind: 'unknown' });
});

test('what a look-up finds is the outcome, and what is not final is left to be sent again', async () => {
  const found = async (body: object) => {
    const answer = lookUpPayment(shopThat(data(body)).shop, 'key-1');
    await vi.advanceTimersByTimeAsync(120_000);
    return answer;
  };
  expect(await found({ state: 'settled', result: { orderId: 'order-1' } })).toEqual({
    kind: 'paid',
    orderId: 'order-1',
  });
  expect(await found({ state: 'refused', result: { reason: 'card_declined' } })).toMatchObject({ kind: 'declined' });
  expect(await found({ state: 'expired' })).toMatchObject({ kind: 'refused', reason: 'answer_forgotten' });
  for (const state of ['processing', 'unknown']) expect(await found({ state })).toEqual({ kind: 'not_final' });
  expect(await found({ state: 'never_seen' })).toEqual({ kind: 'never_seen' });
});

test('a look-up that gets no answer is unknown', async () => {
  const answer = lookUpPayment(shopThat(lost).shop, 'key-1');
  await vi.advanceTimersByTimeAsync(120_000);
  expect(await answer).toEqual({ kind: 'unknown' });
});

test.each([
  [404, 'not_found'],
  [403, 'cross_site'],
  [400, 'invalid_input'],
  [409, 'idempotency_key_reused'],
  [409, 'payment_in_progress'],
])('%i %s after a lost answer leaves the outcome unknown: the first request may have paid', async (status, reason) => {
  const { send } = shopThat(lost, failure(status, { reason, retryable: false }));
  expect(await send()).toEqual({ kind: 'unknown' });
});

test('the same answer to the first request of all is a refusal, and to one sent before is not', async () => {
  const notFound = failure(404, { reason: 'not_found', retryable: false });
  expect(await shopThat(notFound).send()).toMatchObject({ kind: 'refused', reason: 'not_found' });
  expect(await shopThat(notFound).send(ATTEMPT, { sentBefore: true })).toEqual({ kind: 'unknown' });
});

test('a stored decline after a lost answer is a decline', async () => {
  const { send } = shopThat(lost, failure(402, { reason: 'card_declined', retryable: false }));
  expect(await send()).toMatchObject({ kind: 'declined', reason: 'card_declined' });
});

test('each request says which one of its attempt it is, and goes on counting after a check again', async () => {
  const { send, numbers } = shopThat(lost, lost, data({ orderId: 'order-1' }));
  await send(ATTEMPT, { sentBefore: true, triesBefore: 5 });
  expect(numbers).toEqual(['6', '7', '8']);
});
