import { describe, expect, test } from 'vitest';
import { type Breaker, type BreakerOptions, type CallOutcome, createBreaker } from './breaker.ts';
import type { HttpFailure } from './classify-http.ts';
import type { RetryEvent } from './events.ts';
import { alwaysFailing, failing, tryOut } from './testing/try-out.ts';
import { virtualTime } from './testing/virtual-time.ts';

function breakerWithClock(options: BreakerOptions = {}) {
  let nowMs = 0;
  const breaker = createBreaker({ failures: 3, openMs: 10_000, spreadMs: 0, now: () => nowMs, ...options });
  return { breaker, pass: (waitMs: number) => (nowMs += waitMs) };
}

function call(breaker: Breaker, ...outcomes: CallOutcome[]) {
  for (const outcome of outcomes) breaker.admit()?.end(outcome);
}

describe('the breaker', () => {
  test('opens after failures in a row, and lets nothing through', () => {
    const { breaker } = breakerWithClock();
    call(breaker, 'failed', 'failed', 'answered', 'failed', 'failed');
    expect(breaker.state()).toBe('closed');
    call(breaker, 'failed');
    expect(breaker.state()).toBe('open');
    expect(breaker.admit()).toBeUndefined();
  });

  test('half-open lets one probe through and no second beside it', () => {
    const { breaker, pass } = breakerWithClock();
    call(breaker, 'failed', 'failed', 'failed');
    pass(10_000);
    expect(breaker.state()).toBe('half-open');
    const probe = breaker.admit();
    expect(probe).toBeDefined();
    expect(breaker.admit()).toBeUndefined();
    probe?.end('answered');
    expect(breaker.state()).toBe('closed');
    expect(breaker.admit()).toBeDefined();
  });

  test('a failed probe opens it for the whole time again', () => {
    const { breaker, pass } = breakerWithClock();
    call(breaker, 'failed', 'failed', 'failed');
    pass(10_000);
    call(breaker, 'failed');
    pass(9_999);
    expect(breaker.state()).toBe('open');
    pass(1);
    expect(breaker.state()).toBe('half-open');
  });

  test('a probe that tells nothing gives its place to the next', () => {
    const { breaker, pass } = breakerWithClock();
    call(breaker, 'failed', 'failed', 'failed');
    pass(10_000);
    call(breaker, 'unknown');
    expect(breaker.state()).toBe('half-open');
    expect(breaker.admit()).toBeDefined();
  });

  test('a call from before it opened does not close it when it comes back late', () => {
    const { breaker } = breakerWithClock();
    const early = breaker.admit();
    call(breaker, 'failed', 'failed', 'failed');
    early?.end('answered');
    expect(breaker.state()).toBe('open');
  });

  test('stays open longer by what is drawn, so that clients do not all probe in the same moment', () => {
    const { breaker, pass } = breakerWithClock({ failures: 1, spreadMs: 10_000, random: () => 0.5 });
    call(breaker, 'failed');
    expect(breaker.admitsInMs()).toBe(15_000);
    pass(14_999);
    expect(breaker.state()).toBe('open');
    pass(1);
    expect(breaker.state()).toBe('half-open');
  });

  test('says when it is worth asking again: at once, when it is half-open, or when the probe has had its time', () => {
    const { breaker, pass } = breakerWithClock({ failures: 1 });
    expect(breaker.admitsInMs()).toBe(0);
    call(breaker, 'failed');
    pass(4_000);
    expect(breaker.admitsInMs()).toBe(6_000);
    pass(6_000);
    expect(breaker.admitsInMs()).toBe(0);
    breaker.admit();
    expect(breaker.admitsInMs()).toBeGreaterThan(0);
  });

  test('a pass ends once', () => {
    const { breaker } = breakerWithClock({ failures: 2 });
    const pass = breaker.admit();
    pass?.end('failed');
    pass?.end('failed');
    expect(breaker.state()).toBe('closed');
  });
});

describe('in a retry', () => {
  test('the open breaker ends it, and no call is made', async () => {
    const { breaker } = breakerWithClock();
    expect((await tryOut(alwaysFailing({ status: 503 }), { breaker })).result).toMatchObject({
      kind: 'gave-up',
      why: 'breaker',
      attempts: 3,
    });
    expect((await tryOut(failing(), { breaker })).result).toMatchObject({ why: 'breaker', attempts: 0 });
  });

  test('who waits for the breaker sends one probe when it half-opens, and is told of the wait', async () => {
    const time = virtualTime();
    const breaker = createBreaker({ failures: 1, openMs: 10_000, spreadMs: 0, now: time.now });
    call(breaker, 'failed');
    const { result, callsAt, events } = await tryOut(failing(), { time, breaker, whenOpen: 'wait' });
    expect(result).toMatchObject({ kind: 'ok', attempts: 1 });
    expect(callsAt).toEqual([10_000]);
    expect(events[0]).toEqual({ kind: 'breaker-open', waitMs: 10_000 });
  });

  test('of many who wait, one probes, and the others follow once it is answered', async () => {
    const time = virtualTime();
    const breaker = createBreaker({ failures: 1, openMs: 10_000, spreadMs: 0, now: time.now });
    call(breaker, 'failed');
    const sentAt: number[] = [];
    const startedAt = time.now();
    const answerAfter = async (): Promise<string> => {
      sentAt.push(time.now() - startedAt);
      await time.sleep(800, new AbortController().signal);
      return 'done';
    };
    await time.until(
      Promise.all(
        [1, 2, 3].map(() => tryOut(answerAfter, { time: { ...time, until: (all) => all }, breaker, whenOpen: 'wait' })),
      ),
    );
    expect(sentAt).toEqual([10_000, 11_000, 11_000]);
  });

  test('a wait for the breaker that does not fit the deadline is not begun', async () => {
    const time = virtualTime();
    const breaker = createBreaker({ failures: 1, openMs: 10_000, spreadMs: 0, now: time.now });
    call(breaker, 'failed');
    const { result, tookMs } = await tryOut(failing(), { time, breaker, whenOpen: 'wait', totalDeadlineMs: 9_000 });
    expect(result).toMatchObject({ kind: 'gave-up', why: 'breaker', attempts: 0 });
    expect(tookMs).toBe(0);
  });

  test('an abort ends the wait for it', async () => {
    const time = virtualTime();
    const breaker = createBreaker({ failures: 1, now: time.now });
    call(breaker, 'failed');
    const stop = new AbortController();
    const onEvent = ({ kind }: RetryEvent) => kind === 'breaker-open' && queueMicrotask(() => stop.abort());
    const { result, tookMs } = await tryOut(failing(), {
      time,
      breaker,
      whenOpen: 'wait',
      signal: stop.signal,
      onEvent,
    });
    expect(result).toMatchObject({ kind: 'gave-up', why: 'aborted', attempts: 0 });
    expect(tookMs).toBe(0);
  });

  test.each<[string, HttpFailure]>([
    ['a refusal', { status: 404 }],
    ['a limit', { status: 429 }],
    ['a key in use', { status: 409, reason: 'idempotency_key_in_use' }],
  ])('%s comes from a service that is there', async (_name, failure) => {
    const { breaker } = breakerWithClock({ failures: 2 });
    call(breaker, 'failed');
    await tryOut(failing(failure), { breaker });
    call(breaker, 'failed');
    expect(breaker.state()).toBe('closed');
  });

  test('a bug in our own work says nothing about the service', async () => {
    const { breaker } = breakerWithClock({ failures: 1 });
    await tryOut(() => Promise.reject(new RangeError('ours')), { breaker });
    expect(breaker.state()).toBe('closed');
  });

  test('a listener that throws does not keep the place of the probe', async () => {
    const { breaker, pass } = breakerWithClock({ failures: 1 });
    call(breaker, 'failed');
    pass(10_000);
    const onEvent = () => {
      throw new Error('ours');
    };
    await expect(tryOut(failing(), { breaker, onEvent })).rejects.toThrow('ours');
    expect(breaker.admit()).toBeDefined();
  });
});
