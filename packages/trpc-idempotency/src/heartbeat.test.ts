import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineOperation, type IdempotencyStore, settled, unixMs } from './index.ts';
import { createMemoryStore, type MemoryTransaction } from './memory-store.ts';
import { gate, workbench } from './testing/workbench.ts';

const input = z.object({ amountMinor: z.number() });

function slowPayment() {
  const bank = gate();
  const signals: AbortSignal[] = [];
  const pay = defineOperation<MemoryTransaction, typeof input, { orderId: string }>({
    name: 'checkout.pay',
    version: 1,
    input,
    async run(_input, run) {
      await run.call('charge', (signal) => {
        signals.push(signal);
        return bank.opened;
      });
      return run.finish(async () => settled({ orderId: 'o-1' }));
    },
  });
  return { pay, signals, answer: bank.open };
}

const realTime = { clock: () => unixMs(Date.now()) };

describe('the heartbeat', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps the key for a run that takes ten times its lease', async () => {
    const { send } = workbench(realTime);
    const { pay, answer } = slowPayment();
    const first = send(pay, { amountMinor: 1 });
    for (let elapsedMs = 0; elapsedMs < 300_000; elapsedMs += 7_000) {
      await vi.advanceTimersByTimeAsync(7_000);
      expect(await send(pay, { amountMinor: 1 })).toMatchObject({ kind: 'in-progress' });
    }
    answer();
    expect(await first).toMatchObject({ kind: 'final', replayed: false });
  });

  it('ends with the run', async () => {
    const { send } = workbench(realTime);
    const { pay, answer } = slowPayment();
    const first = send(pay, { amountMinor: 1 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(1);
    answer();
    await first;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('outlives two failures of the storage', async () => {
    const store = createMemoryStore();
    let failures = 2;
    const failing: IdempotencyStore<MemoryTransaction> = {
      ...store,
      renew: (grant, lease) => (failures-- > 0 ? Promise.reject(new Error('busy')) : store.renew(grant, lease)),
    };
    const { send } = workbench({ ...realTime, store: failing });
    const { pay, answer, signals } = slowPayment();
    const first = send(pay, { amountMinor: 1 });
    await vi.advanceTimersByTimeAsync(29_999);
    expect(await send(pay, { amountMinor: 1 })).toMatchObject({ kind: 'in-progress' });
    await vi.advanceTimersByTimeAsync(29_999);
    expect(await send(pay, { amountMinor: 1 })).toMatchObject({ kind: 'in-progress' });
    answer();
    expect(await first).toMatchObject({ kind: 'final', replayed: false });
    expect(signals[0]?.aborted).toBe(false);
  });

  it('aborts the foreign call of a run that was taken over', async () => {
    let jumpMs = 0;
    const { send } = workbench({ clock: () => unixMs(Date.now() + jumpMs) });
    const { pay, answer, signals } = slowPayment();
    const first = send(pay, { amountMinor: 1 });
    await vi.advanceTimersByTimeAsync(1);
    jumpMs = 30_000;
    const second = send(pay, { amountMinor: 1 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    answer();
    expect(await first).toMatchObject({ kind: 'in-progress' });
    expect(await second).toMatchObject({ kind: 'final', requestId: 'request-2' });
  });
});
