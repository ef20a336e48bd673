import { describe, expect, test } from 'vitest';
import { exponential, immediate } from './backoff.ts';
import { retry } from './retry.ts';
import { alwaysFailing, failing, tryOut } from './testing/try-out.ts';
import { virtualTime } from './testing/virtual-time.ts';

const LOST = { status: undefined };
const kinds = (events: readonly { kind: string }[]) => events.map(({ kind }) => kind);

describe('attempts', () => {
  test('an answer ends it, and what led there is told in order', async () => {
    const { result, events } = await tryOut(failing(LOST, { status: 503 }));
    expect(result).toEqual({ kind: 'ok', value: 'done', attempts: 3 });
    expect(events).toMatchObject([
      { kind: 'attempt', attempt: 1 },
      { kind: 'failed', attempt: 1, why: 'no-answer' },
      { kind: 'waiting', attempt: 1, waitMs: 100, drawnMs: 100, retryAfterMs: undefined, why: 'no-answer' },
      { kind: 'attempt', attempt: 2 },
      { kind: 'failed', attempt: 2, why: 'unavailable' },
      { kind: 'waiting', attempt: 2, waitMs: 100, drawnMs: 100, retryAfterMs: undefined, why: 'unavailable' },
      { kind: 'attempt', attempt: 3 },
      { kind: 'ok', attempt: 3 },
    ]);
  });

  test('are calls in all, and the last error is handed on', async () => {
    const { result, events, callsAt } = await tryOut(alwaysFailing({ status: 503 }), { attempts: 3 });
    expect(result).toMatchObject({
      kind: 'gave-up',
      why: 'attempts',
      attempts: 3,
      lastError: { failure: { status: 503 } },
    });
    expect(callsAt).toEqual([0, 100, 200]);
    expect(events.at(-1)).toEqual({ kind: 'gave-up', why: 'attempts' });
  });

  test('the waits are those of the backoff, which sees how many retries there were', async () => {
    const backoff = exponential({ baseMs: 500, capMs: 2_000 });
    const { callsAt } = await tryOut(alwaysFailing(LOST), { backoff });
    expect(callsAt).toEqual([0, 500, 1_500, 3_500, 5_500]);
  });

  test('a refusal is not repeated', async () => {
    const { result } = await tryOut(failing({ status: 402 }));
    expect(result).toMatchObject({ kind: 'gave-up', why: 'not-retryable', attempts: 1 });
  });

  test('a bare 500 is repeated once, also when other failures lie between', async () => {
    expect((await tryOut(alwaysFailing({ status: 500 }))).result.attempts).toBe(2);
    expect((await tryOut(failing({ status: 500 }, LOST, { status: 500 }))).result).toMatchObject({
      kind: 'gave-up',
      why: 'attempts',
      attempts: 3,
    });
  });

  test('a bug in the work is not repeated, and does not make retry throw', async () => {
    const bug = new TypeError('undefined is not a function');
    const { result } = await tryOut(() => {
      throw bug;
    });
    expect(result).toMatchObject({ kind: 'gave-up', why: 'not-retryable', lastError: bug, attempts: 1 });
  });

  test.each([
    ['attempts', 0],
    ['attempts', 1.5],
    ['perTryTimeoutMs', 0],
    ['totalDeadlineMs', Number.NaN],
  ])('a nonsensical %s (%s) is refused before the first call', async (name, value) => {
    await expect(tryOut(failing(), { [name]: value })).rejects.toThrow(RangeError);
  });
});

describe('time', () => {
  const time = virtualTime();
  const slow = (durationMs: number) => async () => {
    await time.sleep(durationMs, new AbortController().signal);
    return 'late';
  };

  test('a call that takes too long is aborted and repeated', async () => {
    const signals: AbortSignal[] = [];
    const { result, callsAt, events } = await tryOut(
      async ({ attempt, signal }) => {
        signals.push(signal);
        return attempt === 1 ? slow(5_000)() : 'done';
      },
      { time },
    );
    expect(result).toMatchObject({ kind: 'ok', value: 'done', attempts: 2 });
    expect(callsAt).toEqual([0, 1_100]);
    expect(events[1]).toMatchObject({ kind: 'failed', why: 'timeout' });
    expect(signals[0]?.aborted).toBe(true);
  });

  test('the deadline cuts the call that is under way when it comes', async () => {
    const { result, tookMs } = await tryOut(slow(60_000), { time, totalDeadlineMs: 1_500 });
    expect(result).toMatchObject({ kind: 'gave-up', why: 'deadline', attempts: 2 });
    expect(tookMs).toBe(1_500);
  });

  test('a wait that reaches the deadline is not begun: nothing could be sent after it', async () => {
    const { result, tookMs } = await tryOut(alwaysFailing(LOST), { totalDeadlineMs: 250, attempts: 50 });
    expect(result).toMatchObject({ kind: 'gave-up', why: 'deadline', attempts: 3 });
    expect(tookMs).toBe(200);
  });

  test('runs on the real clock and real randomness when none is given', async () => {
    const work = failing(LOST);
    const options = { backoff: immediate(), attempts: 2, perTryTimeoutMs: 1_000, totalDeadlineMs: 1_000 };
    expect(await retry(work, options)).toEqual({ kind: 'ok', value: 'done', attempts: 2 });
  });
});

describe('abort', () => {
  test('before the first call makes none', async () => {
    const { result, events } = await tryOut(failing(), { signal: AbortSignal.abort() });
    expect(result).toEqual({ kind: 'gave-up', why: 'aborted', lastError: undefined, attempts: 0 });
    expect(kinds(events)).toEqual(['gave-up']);
  });

  test('during a wait ends it at once and sends nothing more', async () => {
    const stop = new AbortController();
    const { result, tookMs } = await tryOut(alwaysFailing(LOST), {
      signal: stop.signal,
      onEvent: ({ kind }) => kind === 'waiting' && stop.abort(),
    });
    expect(result).toMatchObject({ kind: 'gave-up', why: 'aborted', attempts: 1 });
    expect(tookMs).toBe(0);
  });

  test('during a call aborts the call and does not wait for it', async () => {
    const stop = new AbortController();
    let ofCall: AbortSignal | undefined;
    const { result } = await tryOut(
      ({ signal }) => {
        ofCall = signal;
        stop.abort();
        return new Promise(() => undefined);
      },
      { signal: stop.signal },
    );
    expect(result).toMatchObject({ kind: 'gave-up', why: 'aborted', attempts: 1 });
    expect(ofCall?.aborted).toBe(true);
  });
});
