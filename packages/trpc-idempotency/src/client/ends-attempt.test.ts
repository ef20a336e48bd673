import { describe, expect, test } from 'vitest';
import { endsAttempt } from './index.ts';
import { buyer, errorOf } from './testing/buyer.ts';
import { faultyShop, type Trouble } from './testing/faulty-shop.ts';
import { DECLINED_MINOR } from './testing/payment-shop.ts';

/** As a tRPC server says that the session is over: definite, and nothing that it knows of the key. */
const signedOut: Trouble = {
  status: 401,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    error: {
      message: 'sign in',
      code: -32001,
      data: { code: 'UNAUTHORIZED', httpStatus: 401, reason: 'unauthorized', retryable: false },
    },
  }),
};
const first = { sentBefore: false };
const again = { sentBefore: true };

describe('an attempt is over', () => {
  test('with a refusal that is stored under its key, whatever was sent before', async () => {
    const shop = await faultyShop('lose-answer');
    const error = await errorOf(buyer(shop.url).pay(DECLINED_MINOR));
    expect(shop.requests).toHaveLength(2);
    expect([endsAttempt(error, first), endsAttempt(error, again)]).toEqual([true, true]);
  });

  test('with any definite answer to the only request that was ever sent', async () => {
    const shop = await faultyShop(signedOut);
    const error = await errorOf(buyer(shop.url).pay());
    expect(shop.requests).toHaveLength(1);
    expect(endsAttempt(error, first)).toBe(true);
  });
});

describe('an attempt is not over', () => {
  test('with a definite answer to a retry, when an earlier request had none: it has paid', async () => {
    const shop = await faultyShop('lose-answer', signedOut);
    const error = await errorOf(buyer(shop.url).pay());
    expect(error.data).toMatchObject({ retryable: false });
    expect(shop.executions).toEqual(['pay']);
    expect(endsAttempt(error, first)).toBe(false);
  });

  test('with a definite answer of this call, when an earlier call may have been heard', async () => {
    const shop = await faultyShop(signedOut);
    expect(endsAttempt(await errorOf(buyer(shop.url).pay()), again)).toBe(false);
  });

  test('without an answer, and with one that may change', async () => {
    const shop = await faultyShop('lose-answer', 'lose-answer');
    const error = await errorOf(buyer(shop.url, { attempts: 2 }).pay());
    expect(endsAttempt(error, first)).toBe(false);
    expect(endsAttempt(new Error('a bug'), first)).toBe(false);
  });
});
