import { createBreaker, createHurry, createRetryBudget, type RetryEvent } from '@payonce/retry';
import { type Operation, TRPCClientError } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { describe, expect, test } from 'vitest';
import { retryLink, TOTAL_DEADLINE_MS } from './retry-link.ts';
import { buyer, errorOf } from './testing/buyer.ts';
import { faultyShop, type Trouble } from './testing/faulty-shop.ts';

const alwaysLost = new Array<Trouble>(20).fill('lose-answer');

describe('the caller stops it', () => {
  test('by its signal during a wait: nothing more is sent', async () => {
    const shop = await faultyShop(...alwaysLost);
    const stop = new AbortController();
    const { pay, events } = buyer(shop.url, { random: () => 0.999, baseMs: 100_000, capMs: 100_000 });
    const paid = errorOf(pay(2490, { signal: stop.signal }));
    await expect.poll(() => events.some(({ kind }) => kind === 'waiting')).toBe(true);
    stop.abort();
    expect((await paid).cause).toMatchObject({ name: 'AbortError' });
    expect(events.at(-1)).toEqual({ kind: 'gave-up', why: 'aborted' });
    expect(shop.requests).toHaveLength(1);
  });

  test('by a signal that was aborted before: nothing is sent at all', async () => {
    const shop = await faultyShop();
    await errorOf(buyer(shop.url).pay(2490, { signal: AbortSignal.abort() }));
    expect(shop.requests).toHaveLength(0);
  });

  test('by unsubscribing: the request below ends, and nobody hears anything more', async () => {
    const heard: string[] = [];
    const events: RetryEvent[] = [];
    let ended = 0;
    const op: Operation = {
      id: 1,
      type: 'query',
      path: 'price',
      input: undefined,
      context: { onRetryEvent: (event: RetryEvent) => events.push(event) },
      signal: null,
    };
    const below = observable<never, never>(() => () => {
      ended += 1;
    });
    const subscription = retryLink()({})({ op, next: () => below }).subscribe({
      next: () => heard.push('next'),
      error: () => heard.push('error'),
      complete: () => heard.push('complete'),
    });
    await expect.poll(() => events.length).toBe(1);
    subscription.unsubscribe();
    await expect.poll(() => events.at(-1)).toEqual({ kind: 'gave-up', why: 'aborted' });
    expect(ended).toBe(1);
    expect(heard).toEqual([]);
  });
});

test('each answer is told once, and then that it is complete', async () => {
  const heard: unknown[] = [];
  const op: Operation = { id: 1, type: 'query', path: 'price', input: undefined, context: {}, signal: null };
  const answer = { result: { data: 1 } };
  let calls = 0;
  const next = () =>
    observable<typeof answer, TRPCClientError<never>>((observer) => {
      calls += 1;
      if (calls === 1) return observer.error(TRPCClientError.from(new TypeError('Failed to fetch')));
      observer.next(answer);
      observer.next(answer);
      observer.complete();
    });
  await new Promise<void>((resolve) => {
    retryLink({ baseMs: 1, capMs: 1 })({})({ op, next }).subscribe({
      next: (value) => heard.push(value),
      error: (error) => heard.push(error),
      complete: () => {
        heard.push('complete');
        resolve();
      },
    });
  });
  expect(heard).toEqual([answer, 'complete']);
});

test('by default a call is made 5 times, for 5 s each, with waits drawn from below 0.5, 1, 2 and 4 s', async () => {
  const asked: number[] = [];
  // Time passes as soon as somebody waits for it, so what was waited for is all there is to see.
  const sleep = async (waitMs: number) => void asked.push(waitMs);
  const op: Operation = { id: 1, type: 'query', path: 'price', input: undefined, context: {}, signal: null };
  const next = () => observable<never, never>(() => () => undefined);
  await new Promise<void>((resolve) => {
    retryLink({ sleep, random: () => 0.5 })({})({ op, next }).subscribe({ error: () => resolve() });
  });
  expect(asked).toEqual([5_000, 250, 5_000, 500, 5_000, 1_000, 5_000, 2_000, 5_000]);
  expect(TOTAL_DEADLINE_MS).toBe(60_000);
});

test('a subscription passes through untouched', () => {
  const op: Operation = { id: 1, type: 'subscription', path: 'watch', input: undefined, context: {}, signal: null };
  const below = observable<never, never>(() => () => undefined);
  expect(retryLink()({})({ op, next: () => below })).toBe(below);
});

describe('what is shared bounds it', () => {
  test('the budget ends the retries, and the error is the last one', async () => {
    const shop = await faultyShop(...alwaysLost);
    const { pay, events } = buyer(shop.url, { budget: createRetryBudget({ floorRetries: 1 }) });
    expect((await errorOf(pay())).cause).toBeInstanceOf(TypeError);
    expect(shop.requests).toHaveLength(2);
    expect(events.at(-1)).toEqual({ kind: 'gave-up', why: 'budget' });
  });

  test('a budget can be chosen by call, so that reads leave a payment its own', async () => {
    const shop = await faultyShop(...alwaysLost);
    const reads = createRetryBudget({ floorRetries: 0 });
    const payments = createRetryBudget({ floorRetries: 1 });
    const { pay, readPrice } = buyer(shop.url, { budget: ({ path }) => (path === 'price' ? reads : payments) });
    await errorOf(readPrice());
    expect(shop.requests).toHaveLength(1);
    await errorOf(pay());
    expect(shop.requests).toHaveLength(3);
  });

  test('the open breaker sends nothing, and says so in an error that is not definite', async () => {
    const shop = await faultyShop(...alwaysLost);
    const { readPrice } = buyer(shop.url, { breaker: createBreaker({ failures: 2 }) });
    await errorOf(readPrice());
    expect((await errorOf(readPrice())).message).toBe('not sent: breaker');
    expect(shop.requests).toHaveLength(2);
  });

  test('a payment waits for the breaker, is told so, and is made once the probe is answered', async () => {
    const shop = await faultyShop('lose-request', 'lose-request');
    const { pay, events } = buyer(shop.url, { breaker: createBreaker({ failures: 2, openMs: 200, spreadMs: 0 }) });
    expect(await pay()).toMatchObject({ paidMinor: 2490 });
    expect(events.some(({ kind }) => kind === 'breaker-open')).toBe(true);
    expect(shop.requests).toHaveLength(3);
  });

  test('somebody in a hurry goes on at once', async () => {
    const shop = await faultyShop('lose-request');
    const hurry = createHurry();
    const { trpc } = buyer(shop.url, {
      random: () => 0.999,
      baseMs: 1_000_000,
      capMs: 1_000_000,
      totalDeadlineMs: 9_000_000,
    });
    const onRetryEvent = ({ kind }: RetryEvent) => kind === 'waiting' && setTimeout(hurry.now);
    const context = { idempotencyKey: 'key-1', hurry, onRetryEvent };
    expect(await trpc.pay.mutate({ amountMinor: 2490 }, { context })).toMatchObject({ paidMinor: 2490 });
  });
});

test('without a connection nothing is sent until it is back', async () => {
  const shop = await faultyShop();
  let comeBack = () => {};
  const connectivity = {
    isOnline: () => false,
    online: () =>
      new Promise<void>((resolve) => {
        comeBack = resolve;
      }),
  };
  const { pay, events } = buyer(shop.url, { connectivity });
  const paid = pay();
  await expect.poll(() => events).toEqual([{ kind: 'offline' }]);
  expect(shop.requests).toHaveLength(0);
  comeBack();
  expect(await paid).toMatchObject({ paidMinor: 2490 });
  expect(events.map(({ kind }) => kind)).toEqual(['offline', 'online', 'attempt', 'ok']);
});
