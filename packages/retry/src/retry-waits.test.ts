import { describe, expect, test } from 'vitest';
import { fixed, fullJitter } from './backoff.ts';
import { type HttpFailure, KEY_IN_USE } from './classify-http.ts';
import { createHurry } from './hurry.ts';
import { alwaysFailing, failing, tryOut } from './testing/try-out.ts';
import { virtualTime } from './testing/virtual-time.ts';

describe('Retry-After', () => {
  test('is the floor under the drawn wait', async () => {
    const { callsAt, events } = await tryOut(failing({ status: 503, retryAfterMs: 3_000 }));
    expect(callsAt).toEqual([0, 3_100]);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'waiting', waitMs: 3_100, drawnMs: 100, retryAfterMs: 3_000 }),
    );
  });

  test('keeps clients apart that were told the same: their draws are laid on top of it', async () => {
    const backoff = fullJitter({ baseMs: 500, capMs: 8_000 });
    const comeBackAt = [];
    for (const drawn of [0, 0.25, 0.5, 0.999]) {
      const failed = failing({ status: 429, retryAfterMs: 10_000 });
      comeBackAt.push((await tryOut(failed, { backoff, random: () => drawn })).callsAt[1]);
    }
    expect(comeBackAt).toEqual([10_000, 10_125, 10_250, 10_499.5]);
  });

  test('that does not fit the deadline ends it at once, and nobody comes back early', async () => {
    const { result, tookMs } = await tryOut(failing({ status: 503, retryAfterMs: 60_000 }), { totalDeadlineMs: 9_000 });
    expect(result).toMatchObject({ kind: 'gave-up', why: 'deadline', attempts: 1 });
    expect(tookMs).toBe(0);
  });
});

describe('somebody in a hurry', () => {
  /** Presses the button in the middle of the first wait. */
  const hurried = (failure: HttpFailure) => {
    const time = virtualTime();
    const hurry = createHurry();
    const press = time.sleep(40, new AbortController().signal).then(hurry.now);
    return Promise.all([tryOut(failing(failure), { time, hurry }), press]).then(([tried]) => tried);
  };

  test('does not sit through the drawn wait', async () => {
    expect((await hurried({ status: 503 })).callsAt).toEqual([0, 40]);
  });

  test('waits for all that the server asked for', async () => {
    expect((await hurried({ status: 503, retryAfterMs: 3_000 })).callsAt).toEqual([0, 3_000]);
  });

  test('who presses nothing waits as everybody does', async () => {
    expect((await tryOut(failing({ status: 503 }), { hurry: createHurry() })).callsAt).toEqual([0, 100]);
  });
});

describe('a key in use', () => {
  const inUse = { status: 409, reason: KEY_IN_USE, retryable: true, retryAfterMs: 2_000 };

  test('costs time and no attempt', async () => {
    const { result, callsAt } = await tryOut(failing(inUse, inUse, inUse, inUse), { attempts: 1 + 1 });
    expect(result).toEqual({ kind: 'ok', value: 'done', attempts: 5 });
    expect(callsAt).toEqual([0, 2_100, 4_200, 6_300, 8_400]);
  });

  test('ends with the deadline', async () => {
    const { result, tookMs } = await tryOut(alwaysFailing(inUse), { totalDeadlineMs: 10_000 });
    expect(result).toMatchObject({ kind: 'gave-up', why: 'deadline' });
    expect(tookMs).toBe(8_400);
  });

  test('leaves all attempts for the failures between', async () => {
    const { result } = await tryOut(failing({}, inUse, {}, inUse, inUse, {}), { attempts: 4 });
    expect(result).toMatchObject({ kind: 'ok', attempts: 7 });
  });

  test('is never a busy loop, whatever the server and the draw say', async () => {
    const { result } = await tryOut(alwaysFailing({ ...inUse, retryAfterMs: 0 }), {
      backoff: () => 0,
      totalDeadlineMs: 5_000,
    });
    expect(result.attempts).toBeLessThanOrEqual(20);
  });
});

describe('without a connection', () => {
  /** Offline until told otherwise, or for a while in virtual time. */
  function connection(time: ReturnType<typeof virtualTime>, offlineForMs: number) {
    let online = false;
    return {
      isOnline: () => online,
      async online(signal: AbortSignal) {
        await time.sleep(offlineForMs, signal);
        online = true;
      },
    };
  }

  test('nothing is sent, and the deadline stands still', async () => {
    const time = virtualTime();
    const { result, callsAt, events } = await tryOut(failing({ status: 503 }), {
      time,
      totalDeadlineMs: 1_000,
      connectivity: connection(time, 600_000),
    });
    expect(result).toMatchObject({ kind: 'ok', attempts: 2 });
    expect(callsAt).toEqual([600_000, 600_100]);
    expect(events.slice(0, 3)).toEqual([{ kind: 'offline' }, { kind: 'online' }, { kind: 'attempt', attempt: 1 }]);
  });

  test('an abort ends the pause', async () => {
    const time = virtualTime();
    const stop = new AbortController();
    const { result, tookMs } = await tryOut(failing(), {
      time,
      signal: stop.signal,
      connectivity: connection(time, 600_000),
      onEvent: ({ kind }) => kind === 'offline' && queueMicrotask(() => stop.abort()),
    });
    expect(result).toMatchObject({ kind: 'gave-up', why: 'aborted', attempts: 0 });
    expect(tookMs).toBe(0);
  });

  test('lost in the middle of it, the next call waits for it to come back', async () => {
    const time = virtualTime();
    const port = connection(time, 30_000);
    let calls = 0;
    const { callsAt } = await tryOut(failing({}), {
      time,
      backoff: fixed({ delayMs: 100 }),
      connectivity: { ...port, isOnline: () => (calls++ === 0 ? true : port.isOnline()) },
    });
    expect(callsAt).toEqual([0, 30_100]);
  });
});
