import { describe, expect, test } from 'vitest';
import { createAttempts } from './attempts.ts';
import { compositeKey } from './composite-key.ts';
import { isDefinite } from './index.ts';
import { buyer, errorOf } from './testing/buyer.ts';
import { faultyShop } from './testing/faulty-shop.ts';
import { DECLINED_MINOR } from './testing/payment-shop.ts';

interface Payment {
  readonly customer: string;
  readonly cart: string;
  readonly version: number;
  /** The server's. */
  readonly attemptNo: number;
}

const keyOf = compositeKey<Payment>(({ customer, cart, version, attemptNo }) => [customer, cart, version, attemptNo]);
const PAYMENT: Payment = { customer: 'ada', cart: 'cart-1', version: 3, attemptNo: 1 };

test('is made of its parts and of nothing else', () => {
  expect(keyOf(PAYMENT)).toBe('ada:cart-1:3:1');
});

test('two lists of parts never make one key', () => {
  expect(keyOf({ ...PAYMENT, customer: 'a:b', cart: 'c' })).not.toBe(keyOf({ ...PAYMENT, customer: 'a', cart: 'b:c' }));
});

test.each([
  { ...PAYMENT, customer: '' },
  { ...PAYMENT, cart: 'x'.repeat(256) },
])('what can be no key is refused before anything is stored', (payment) => {
  const attempts = createAttempts<Payment>({ storage: null, storageKey: 'attempt', newKey: keyOf });
  expect(() => attempts.begin(payment)).toThrow(RangeError);
  expect(attempts.current()).toBeNull();
});

describe('against a server that counts attempts', () => {
  /** One device: nothing that it keeps is seen by another. */
  function device(url: string) {
    const { trpc } = buyer(url);
    const attempts = createAttempts<Payment>({ storage: null, storageKey: 'attempt', newKey: keyOf });
    return {
      async pay(amountMinor: number, attemptNo?: number) {
        const attempt = attempts.begin({ ...PAYMENT, attemptNo: attemptNo ?? (await trpc.attemptNo.query()) });
        const answer = trpc.pay.mutate({ amountMinor }, { context: { idempotencyKey: attempt.key } });
        return answer.finally(() => attempts.end(attempt));
      },
    };
  }

  test('two devices that share nothing pay once, and both get the answer', async () => {
    const shop = await faultyShop();
    const [phone, laptop] = [device(shop.url), device(shop.url)];
    const answers = await Promise.all([phone.pay(2490), laptop.pay(2490)]);
    expect(answers).toEqual([
      { paidMinor: 2490, payment: 1 },
      { paidMinor: 2490, payment: 1 },
    ]);
    expect(shop.executions).toEqual(['pay']);
  });

  test('after a refusal the server counts on, so the next attempt has a key of its own', async () => {
    const shop = await faultyShop();
    const phone = device(shop.url);
    expect(isDefinite(await errorOf(phone.pay(DECLINED_MINOR)))).toBe(true);
    expect(await phone.pay(2490)).toMatchObject({ paidMinor: 2490 });
    expect(shop.requests.filter(({ path }) => path === 'pay').map(({ key }) => key)).toEqual([
      '"ada:cart-1:3:1"',
      '"ada:cart-1:3:2"',
    ]);
  });

  test('a number from before the refusal gets the refusal again, and pays nothing', async () => {
    const shop = await faultyShop();
    await errorOf(device(shop.url).pay(DECLINED_MINOR, 1));
    const error = await errorOf(device(shop.url).pay(DECLINED_MINOR, 1));
    expect(error.data).toMatchObject({ reason: 'card_declined' });
    expect(shop.executions).toEqual(['pay']);
  });

  test('another content under the same number is refused', async () => {
    const shop = await faultyShop();
    await device(shop.url).pay(2490, 1);
    const error = await errorOf(device(shop.url).pay(9900, 1));
    expect(error.data).toMatchObject({ reason: 'idempotency_key_reused' });
    expect(shop.executions).toEqual(['pay']);
  });
});
