import { describe, expect, test } from 'vitest';
import { type Breaker, type CallOutcome, createBreaker } from './breaker.ts';
import type { HttpFailure } from './classify-http.ts';
import { alwaysFailing, failing, tryOut } from './testing/try-out.ts';

function breakerWithClock(options: { failures?: number } = {}) {
  let nowMs = 0;
  const breaker = createBreaker({ failures: 3, openMs: 10_000, now: () => nowMs, ...options });
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
