import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOperation, LeaseLostError, proceed, type Run, refused, rejected, settled, unfinished } from './index.ts';
import type { MemoryTransaction } from './memory-store.ts';
import type { RunOutcome } from './operation.ts';
import { gate, increment, workbench } from './testing/workbench.ts';

type Receipt = { orderId: string };
type PayRun = Run<MemoryTransaction, Receipt>;

const input = z.object({ amountMinor: z.number() });

/** The first run sleeps until it is woken, past the end of its lease; those after it do what `successor` says. */
function sleeper(zombie: (run: PayRun) => Promise<RunOutcome<Receipt>>, successor: typeof zombie = order) {
  const bench = workbench();
  const sleep = gate();
  let runs = 0;
  const pay = defineOperation<MemoryTransaction, typeof input, Receipt>({
    name: 'checkout.pay',
    version: 1,
    input,
    async run(_input, run) {
      runs += 1;
      if (runs > 1) return successor(run);
      await sleep.opened;
      return zombie(run);
    },
  });
  return { ...bench, pay, wake: sleep.open };
}

function afterOneMore<Step>(tx: MemoryTransaction, step: Step): Step {
  increment(tx, 'orders');
  return step;
}

const order = (run: PayRun) =>
  run.finish(async (tx) => {
    increment(tx, 'orders');
    return settled({ orderId: `order of ${run.requestId}` });
  });

describe('a run that sleeps past its lease and is taken over', () => {
  it.each<[string, (run: PayRun) => Promise<RunOutcome<Receipt>>]>([
    ['finishes', order],
    ['commits a phase', (run) => run.phase('reserved', async () => proceed(1)).then(() => order(run))],
    ['calls', (run) => run.call('charge', async () => undefined).then(() => order(run))],
    ['gives up', async () => unfinished('tax_unavailable', 1000)],
    ['rejects', async () => rejected('cart_empty')],
    ['throws', () => Promise.reject(new Error('a bug'))],
    ['swallows the loss', (run) => order(run).catch(() => unfinished('payment_outcome_unknown', 1000))],
  ])('changes nothing and answers with its successor’s answer when it %s', async (_how, zombie) => {
    const { pay, send, wake, clock, store, said } = sleeper(zombie);
    const slept = send(pay, { amountMinor: 1 });
    clock.advance(30_000);
    const answer = await send(pay, { amountMinor: 1 });
    wake();
    expect(await slept).toEqual({ ...answer, replayed: true });
    expect(answer).toMatchObject({ outcome: { output: { orderId: 'order of request-2' } } });
    expect(store.effect('orders')).toBe(1);
    expect(said()).toEqual(['taken_over', 'executed', 'lease_lost', 'replayed']);
  });

  it('does not even begin an effect, so that one which would fail or block cannot', async () => {
    const begun: string[] = [];
    const { pay, send, wake, clock } = sleeper((run) =>
      run.finish(async () => {
        begun.push(run.requestId);
        return settled({ orderId: 'o-1' });
      }),
    );
    const slept = send(pay, { amountMinor: 1 });
    clock.advance(30_000);
    await send(pay, { amountMinor: 1 });
    wake();
    expect(await slept).toMatchObject({ kind: 'final', replayed: true });
    expect(begun).toEqual([]);
  });

  it.each<[string, (run: PayRun) => Promise<RunOutcome<Receipt>>]>([
    ['finishes', order],
    ['refuses in a phase', (run) => run.phase('reserved', async (tx) => afterOneMore(tx, refused('out_of_stock')))],
    ['rejects in a phase', (run) => run.phase('reserved', async (tx) => afterOneMore(tx, rejected('cart_empty')))],
    ['throws', (run) => run.finish(() => Promise.reject(new Error('an order of its successor is in its way')))],
  ])('has what it began rolled back when by its own clock the lease is not over, and it %s', async (_how, zombie) => {
    const { pay, send, wake, clock, store } = sleeper(zombie);
    const slept = send(pay, { amountMinor: 1 });
    clock.advance(30_000);
    const answer = await send(pay, { amountMinor: 1 });
    clock.advance(-30_000);
    wake();
    expect(await slept).toEqual({ ...answer, replayed: true });
    expect(store.effect('orders')).toBe(1);
  });

  it('says that the key is in use while its successor still runs', async () => {
    const busy = gate();
    const { pay, send, wake, clock, store } = sleeper(order, (run) =>
      run.call('charge', () => busy.opened).then(() => order(run)),
    );
    const slept = send(pay, { amountMinor: 1 });
    clock.advance(30_000);
    const taken = send(pay, { amountMinor: 1 });
    wake();
    expect(await slept).toEqual({ kind: 'in-progress', retryAfterMs: 2000 });
    busy.open();
    expect(await taken).toMatchObject({ kind: 'final', requestId: 'request-2' });
    expect(store.effect('orders')).toBe(1);
  });

  it('asks to be asked again when its successor left no trace of the key', async () => {
    const { pay, send, wake, clock, store } = sleeper(order, async () => rejected('cart_empty'));
    const slept = send(pay, { amountMinor: 1 });
    clock.advance(30_000);
    await send(pay, { amountMinor: 1 });
    wake();
    expect(await slept).toEqual({ kind: 'in-progress', retryAfterMs: 1000 });
    expect(store.effect('orders')).toBeUndefined();
  });

  it('never gets the answer to other content that came to have its key', async () => {
    let runs = 0;
    const { pay, send, wake, clock } = sleeper(order, async (run) => {
      runs += 1;
      return runs === 1 ? rejected('cart_empty') : order(run);
    });
    const slept = send(pay, { amountMinor: 1 });
    clock.advance(30_000);
    await send(pay, { amountMinor: 1 });
    await send(pay, { amountMinor: 2 });
    wake();
    expect(await slept).toEqual({ kind: 'mismatch' });
  });

  it('is stopped inside its foreign call by the signal when a phase beside it finds the loss', async () => {
    const answered = gate();
    const { pay, send, wake, clock } = sleeper(async (run) => {
      const call = run.call('charge', async (signal) => {
        await answered.opened;
        return signal.aborted;
      });
      const phase = run.phase('reserved', async () => proceed(1));
      await expect(phase).rejects.toThrow(LeaseLostError);
      answered.open();
      await expect(call).rejects.toThrow(LeaseLostError);
      return unfinished('payment_outcome_unknown', 1000);
    });
    const slept = send(pay, { amountMinor: 1 });
    clock.advance(30_000);
    await send(pay, { amountMinor: 1 });
    wake();
    expect(await slept).toMatchObject({ kind: 'final', replayed: true });
  });
});

describe('what a run left behind', () => {
  it('changes nothing after the run has given the key back', async () => {
    const { send, store } = workbench();
    const late = gate();
    let straggler: Promise<unknown> = Promise.resolve();
    const pay = defineOperation<MemoryTransaction, typeof input, Receipt>({
      name: 'checkout.pay',
      version: 1,
      input,
      async run(_input, run) {
        straggler = late.opened.then(() => order(run));
        return unfinished('tax_unavailable', 1000);
      },
    });
    await send(pay, { amountMinor: 1 });
    late.open();
    await expect(straggler).rejects.toThrow('finish after the run was over');
    expect(store.effect('orders')).toBeUndefined();
  });
});
