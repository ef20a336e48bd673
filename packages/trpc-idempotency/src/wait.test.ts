import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { proceed, unfinished, unixMs } from './index.ts';
import { createMemoryStore } from './memory-store.ts';
import { orderOnce } from './testing/order-once.ts';
import { crash, gate, settledMicrotasks, workbench } from './testing/workbench.ts';

/** A payment that runs as it is told, once its bank has answered. */
function slowPayment(run: typeof orderOnce.run = orderOnce.run) {
  const bank = gate();
  const runs: string[] = [];
  const pay: typeof orderOnce = {
    ...orderOnce,
    async run(content, handle) {
      runs.push(handle.requestId);
      await handle.call('charge', () => bank.opened);
      return run(content, handle);
    },
  };
  return { pay, runs, answer: bank.open };
}

const waiting = { waitMs: 5_000 };

describe('a duplicate that may wait', () => {
  it('gets the answer of the one execution, with 99 others', async () => {
    const { send, store, said } = workbench();
    const { pay, runs, answer } = slowPayment();
    const sent = Array.from({ length: 100 }, () => send(pay, null, waiting));
    await settledMicrotasks();
    answer();
    const [first, ...others] = await Promise.all(sent);
    expect(first).toMatchObject({ kind: 'final', replayed: false, requestId: 'request-1' });
    expect(others).toEqual(Array(99).fill({ ...first, replayed: true }));
    expect([runs.length, store.effect('orders')]).toEqual([1, 1]);
    expect(said().sort()).toEqual(['executed', ...Array<string>(99).fill('replayed')]);
  });

  it('shares what is unfinished, and makes no run of its own of it', async () => {
    const { send } = workbench();
    const { pay, runs, answer } = slowPayment(async () => unfinished('payment_outcome_unknown', 2_000));
    const sent = Array.from({ length: 10 }, () => send(pay, null, waiting));
    await settledMicrotasks();
    answer();
    const later = { kind: 'unfinished', reason: 'payment_outcome_unknown', retryAfterMs: 2_000 };
    expect(await Promise.all(sent)).toEqual(Array(10).fill(later));
    expect(runs).toHaveLength(1);
  });

  it('shares what the run throws', async () => {
    const { send } = workbench();
    const { pay, runs, answer } = slowPayment(() => Promise.reject(new Error('a bug')));
    const sent = Array.from({ length: 10 }, () => send(pay, null, waiting));
    await settledMicrotasks();
    answer();
    const ended = await Promise.allSettled(sent);
    expect(ended).toEqual(Array(10).fill({ status: 'rejected', reason: new Error('a bug') }));
    expect(runs).toHaveLength(1);
  });

  it('is told at once when its content is other', async () => {
    const { send } = workbench();
    const { pay, answer } = slowPayment();
    const first = send(pay, 1, waiting);
    expect(await send(pay, 2, waiting)).toEqual({ kind: 'mismatch' });
    answer();
    expect(await first).toMatchObject({ kind: 'final' });
  });
});

describe('the wait', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const realTime = { clock: () => unixMs(Date.now()) };

  it('ends when it was said to end, and leaves no timer', async () => {
    const { send, said } = workbench(realTime);
    const { pay, answer } = slowPayment();
    const first = send(pay, null);
    const second = send(pay, null, waiting);
    let isAnswered = false;
    void second.then(() => {
      isAnswered = true;
    });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(isAnswered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await second).toEqual({ kind: 'in-progress', retryAfterMs: 2_000 });
    expect(said()).toEqual(['in_use']);
    answer();
    await first;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('finds the answer of a run in another process by its row', async () => {
    const store = createMemoryStore();
    const [here, there] = [workbench({ ...realTime, store }), workbench({ ...realTime, store })];
    const { pay, runs, answer } = slowPayment();
    const first = there.send(pay, null);
    await vi.advanceTimersByTimeAsync(1);
    const waited = Array.from({ length: 10 }, () => here.send(pay, null, waiting));
    await vi.advanceTimersByTimeAsync(1_000);
    answer();
    await vi.advanceTimersByTimeAsync(100);
    expect(await Promise.all(waited)).toEqual(Array(10).fill({ ...(await first), replayed: true }));
    expect(runs).toHaveLength(1);
  });

  it('makes one of those who wait go on when the run has died with its process', async () => {
    const store = createMemoryStore();
    const dead = workbench({ ...realTime, store: { ...store, renew: () => crash } });
    const { pay, runs, answer } = slowPayment(async (content, run) => {
      await run.phase('charged', async () => proceed(null));
      return orderOnce.run(content, run);
    });
    void dead.send(pay, null, { requestId: 'dead' });
    await vi.advanceTimersByTimeAsync(1);
    const { send } = workbench({ ...realTime, store });
    const waited = Array.from({ length: 10 }, () => send(pay, null, { waitMs: 60_000 }));
    await vi.advanceTimersByTimeAsync(30_200);
    expect(runs).toEqual(['dead', 'request-1']);
    answer();
    const answers = await Promise.all(waited);
    expect(new Set(answers.map((one) => 'requestId' in one && one.requestId))).toEqual(new Set(['request-1']));
    expect(store.effect('orders')).toBe(1);
  });
});
