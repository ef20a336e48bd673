import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { proceed } from './index.ts';
import { orderOnce } from './testing/order-once.ts';
import { gate, workbench } from './testing/workbench.ts';

/** Reserves, asks its bank, which answers when it is told to, and finishes. */
function slowPayment() {
  const bank = gate();
  const signals: AbortSignal[] = [];
  const pay: typeof orderOnce = {
    ...orderOnce,
    async run(content, run) {
      await run.phase('reserved', async () => proceed(null));
      await run.call('charge', async (signal) => {
        signals.push(signal);
        const aborted = new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
        await Promise.race([bank.opened, aborted]);
      });
      return orderOnce.run(content, run);
    },
  };
  return { pay, signals, answer: bank.open };
}

describe('a process that ends', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits for its runs, and no longer than they take', async () => {
    const { engine, send, said } = workbench();
    const { pay, answer } = slowPayment();
    const sent = send(pay, null);
    await vi.advanceTimersByTimeAsync(1);
    const drained = engine.drain({ graceMs: 10_000 });
    answer();
    await drained;
    expect(await sent).toMatchObject({ kind: 'final', replayed: false });
    expect(said()).toEqual(['executed']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives back what does not end in time, so that the next process goes on at once', async () => {
    const { engine, send, said, store } = workbench();
    const { pay, answer, signals } = slowPayment();
    const sent = send(pay, null);
    await vi.advanceTimersByTimeAsync(1);
    const drained = engine.drain({ graceMs: 10_000 });
    await vi.advanceTimersByTimeAsync(10_000);
    await drained;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);

    answer();
    const next = await workbench({ store }).send(pay, null, { requestId: 'next process' });
    expect(next).toMatchObject({ kind: 'final', replayed: false, requestId: 'next process' });
    expect(await sent).toMatchObject({ kind: 'in-progress' });
    expect(said()).toEqual(['released', 'lease_lost']);
    expect(store.effect('orders')).toBe(1);
  });

  it('lets no duplicate that waits take up what it gave back', async () => {
    const { engine, send, said } = workbench();
    const { pay, signals } = slowPayment();
    const sent = send(pay, null);
    await vi.advanceTimersByTimeAsync(1);
    const duplicate = send(pay, null, { waitMs: 60_000 });
    void engine.drain({ graceMs: 0 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all([sent, duplicate])).toMatchObject([{ kind: 'in-progress' }, { kind: 'in-progress' }]);
    expect(signals).toHaveLength(1);
    expect(said()).not.toContain('executed');
  });

  it('that does nothing ends at once', async () => {
    const { engine } = workbench();
    await engine.drain({ graceMs: 10_000 });
    expect(vi.getTimerCount()).toBe(0);
  });
});
