import { describe, expect, test } from 'vitest';
import { isDefinite } from './index.ts';
import { buyer, errorOf } from './testing/buyer.ts';
import { faultyShop, type Trouble } from './testing/faulty-shop.ts';
import { DECLINED_MINOR } from './testing/payment-shop.ts';

const PAID = { paidMinor: 2490, payment: 1 };
const unavailable = { status: 503, headers: { 'content-type': 'text/plain' }, body: 'maintenance' };

/** The keys of all requests, each once. */
const keysOf = ({ requests }: { requests: readonly { key: string | null }[] }) => [
  ...new Set(requests.map(({ key }) => key)),
];

describe('a payment with a key is made once and answered', () => {
  test.each<[string, Trouble, string]>([
    ['the request is lost', 'lose-request', 'no-answer'],
    ['the answer is lost after the payment was made', 'lose-answer', 'no-answer'],
    ['the body is cut after the payment was made', 'cut-body', 'no-answer'],
    ['a gateway answers for the shop', unavailable, 'body-cut'],
    ['a gateway answers 200 with a page', { status: 200, body: '<!doctype html>' }, 'body-cut'],
    ['a gateway answers 200 with other JSON', { status: 200, body: '{}' }, 'body-cut'],
    [
      'a gateway answers in JSON that is not the shop’s',
      { status: 502, body: '{"error":"bad gateway"}' },
      'unavailable',
    ],
    ['a limit answers in JSON', { status: 429, body: '{}' }, 'throttled'],
  ])('when %s', async (_name, trouble, why) => {
    const shop = await faultyShop(trouble, trouble);
    const { pay, whys } = buyer(shop.url);
    expect(await pay()).toEqual(PAID);
    expect(whys()).toEqual([why, why]);
    expect(shop.requests).toHaveLength(3);
    expect(shop.tryNumbers).toEqual(['1', '2', '3']);
    expect(keysOf(shop)).toEqual(['"key-1"']);
    expect(shop.executions).toEqual(['pay']);
  });

  test('when the first request is slower than the limit: its key is in use, and the wait costs no attempt', async () => {
    const shop = await faultyShop();
    let open = () => {};
    shop.holdPayments(
      new Promise((resolve) => {
        open = resolve;
      }),
    );
    const { pay, events, whys } = buyer(shop.url, { attempts: 2, perTryTimeoutMs: 10_000 });
    const paid = pay();
    await expect
      .poll(() => events.filter((event) => event.kind === 'waiting' && event.why === 'in-use').length)
      .toBe(2);
    open();

    expect(await paid).toEqual(PAID);
    expect(whys().slice(0, 3)).toEqual(['timeout', 'in-use', 'in-use']);
    const waits = events.flatMap((event) => (event.kind === 'waiting' && event.why === 'in-use' ? [event.waitMs] : []));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(2_000);
    expect(keysOf(shop)).toEqual(['"key-1"']);
    expect(shop.executions).toEqual(['pay']);
  });
});

describe('the caller gets one ending', () => {
  test('a refusal arrives as itself, at once', async () => {
    const shop = await faultyShop();
    const error = await errorOf(buyer(shop.url).pay(DECLINED_MINOR));
    expect(error.data).toMatchObject({ reason: 'card_declined', retryable: false, httpStatus: 409 });
    expect(isDefinite(error)).toBe(true);
    expect(shop.requests).toHaveLength(1);
  });

  test('a refusal whose answer was lost arrives with the retry', async () => {
    const shop = await faultyShop('lose-answer');
    const error = await errorOf(buyer(shop.url).pay(DECLINED_MINOR));
    expect(isDefinite(error)).toBe(true);
    expect(shop.executions).toEqual(['pay']);
  });

  test('after the last attempt the error is the last one, and the outcome is unknown', async () => {
    const shop = await faultyShop(...new Array<Trouble>(9).fill('lose-answer'));
    const { pay, events } = buyer(shop.url);
    const error = await errorOf(pay());
    expect(isDefinite(error)).toBe(false);
    expect(error.data).toBeUndefined();
    expect(shop.requests).toHaveLength(5);
    expect(events.at(-1)).toEqual({ kind: 'gave-up', why: 'attempts' });
  });

  test('after a timeout too it is a TRPCClientError', async () => {
    const shop = await faultyShop();
    shop.holdPayments(new Promise(() => undefined));
    const error = await errorOf(buyer(shop.url, { attempts: 1, perTryTimeoutMs: 2_000 }).pay());
    expect(error.cause).toMatchObject({ name: 'TimedOutError' });
    expect(isDefinite(error)).toBe(false);
  });

  test('nobody listening is no answer', async () => {
    const { pay, whys } = buyer('http://127.0.0.1:1', { attempts: 2 });
    expect(isDefinite(await errorOf(pay()))).toBe(false);
    expect(whys()).toEqual(['no-answer', 'no-answer']);
  });
});

describe('Retry-After', () => {
  test('of an answer that is not the shop’s own is waited for', async () => {
    const shop = await faultyShop({ status: 503, headers: { 'retry-after': '4' }, body: '{}' });
    const { pay, events } = buyer(shop.url, { random: () => 0.5 });
    expect(await pay()).toEqual(PAID);
    expect(events).toContainEqual({
      kind: 'waiting',
      attempt: 1,
      waitMs: 4_250,
      drawnMs: 250,
      retryAfterMs: 4_000,
      why: 'unavailable',
    });
  });

  test('longer than the deadline ends it at once', async () => {
    const shop = await faultyShop({ status: 503, headers: { 'retry-after': '86400' }, body: '{}' });
    const { pay, events } = buyer(shop.url, { totalDeadlineMs: 60_000 });
    await errorOf(pay());
    expect(shop.requests).toHaveLength(1);
    expect(events.at(-1)).toEqual({ kind: 'gave-up', why: 'deadline' });
  });
});

describe('what is repeated', () => {
  test('a query, without any key', async () => {
    const shop = await faultyShop('lose-answer', unavailable);
    expect(await buyer(shop.url).readPrice()).toEqual({ amountMinor: 2490 });
    expect(shop.requests).toEqual(new Array(3).fill({ path: 'price', key: null }));
  });

  test('not a mutation without a key: its loss arrives as it is', async () => {
    const shop = await faultyShop('lose-answer');
    const { payWithoutKey, events } = buyer(shop.url);
    expect(isDefinite(await errorOf(payWithoutKey()))).toBe(false);
    expect(shop.executions).toEqual(['payWithoutKey']);
    expect(events).toEqual([]);
  });

  test('a mutation that alsoRetry names, which then pays as often as it is sent', async () => {
    const shop = await faultyShop('lose-answer', 'lose-answer');
    const { payWithoutKey } = buyer(shop.url, { alsoRetry: ({ path }) => path === 'payWithoutKey' });
    expect(await payWithoutKey()).toMatchObject({ payment: 3 });
    expect(keysOf(shop)).toEqual([null]);
  });

  test('not a call whose own code is at fault', async () => {
    const shop = await faultyShop();
    const { trpc } = buyer(shop.url);
    const context = { idempotencyKey: 'naïve' };
    expect((await errorOf(trpc.pay.mutate({ amountMinor: 1 }, { context }))).message).toContain('printable ASCII');
    expect(shop.requests).toHaveLength(0);
  });
});
