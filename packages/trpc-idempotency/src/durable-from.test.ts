import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOperation, proceed, type Run, refused, rejected, settled, unfinished } from './index.ts';
import { createMemoryStore, type MemoryTransaction } from './memory-store.ts';
import type { RunOutcome } from './operation.ts';
import type { IdempotencyStore } from './store.ts';
import { increment, workbench } from './testing/workbench.ts';

type Receipt = { orderId: string };
type PayRun = Run<MemoryTransaction, Receipt>;

const input = z.object({ amountMinor: z.number() });

/** An engine that tells which of its commits wait for the disk. */
function pay(durableFrom: string | undefined, run: (run: PayRun) => Promise<RunOutcome<Receipt>>) {
  const memory = createMemoryStore();
  const commits: (string | undefined)[] = [];
  const store: IdempotencyStore<MemoryTransaction> = {
    ...memory,
    claim(request) {
      commits.push(request.durability);
      return memory.claim(request);
    },
    async transaction(work, durability) {
      const done = await memory.transaction(work);
      commits.push(durability);
      return done;
    },
  };
  const { send } = workbench({ store });
  const operation = defineOperation<MemoryTransaction, typeof input, Receipt>({
    name: 'checkout.pay',
    version: 1,
    input,
    ...(durableFrom !== undefined && { durableFrom }),
    run: (_input, handle) => run(handle),
  });
  return { commits, memory, send: () => send(operation, { amountMinor: 1 }) };
}

const order = settled({ orderId: 'o-1' });

async function inThreePhases(run: PayRun): Promise<RunOutcome<Receipt>> {
  await run.phase('quoted', async () => proceed(1));
  await run.phase('reserved', async () => proceed(2));
  await run.phase('confirmed', async () => proceed(3));
  return run.finish(async () => order);
}

describe('an operation says which of its commits waits for the disk first', () => {
  it.each([
    [undefined, ['durable', 'durable', 'durable', 'durable', 'durable']],
    ['quoted', ['deferred', 'durable', 'durable', 'durable', 'durable']],
    ['reserved', ['deferred', 'deferred', 'durable', 'durable', 'durable']],
    ['finish', ['deferred', 'deferred', 'deferred', 'deferred', 'durable']],
  ])('from %s on: claim, three phases and finish are %j', async (durableFrom, expected) => {
    const { commits, send } = pay(durableFrom, inThreePhases);
    expect(await send()).toMatchObject({ kind: 'final', outcome: { kind: 'settled' } });
    expect(commits).toEqual(expected);
  });

  it('also where an earlier run got there, and this one does not enter that phase again', async () => {
    let runs = 0;
    const { commits, send } = pay('reserved', async (run) => {
      runs += 1;
      if (runs === 2) await run.phase('confirmed', async () => proceed(3));
      else await run.phase('reserved', async () => proceed(2));
      return unfinished('payment_outcome_unknown', 0);
    });
    await send();
    await send();
    expect(commits).toEqual(['deferred', 'durable', 'deferred', 'durable']);
  });

  it('has a refusal on the disk that comes before, and nothing else of the phase that refused', async () => {
    const { commits, memory, send } = pay('reserved', (run) =>
      run.phase('quoted', async (tx) => {
        increment(tx, 'looks');
        return refused('out_of_stock');
      }),
    );
    const answer = await send();
    expect(answer).toMatchObject({ kind: 'final', outcome: { reason: 'out_of_stock' } });
    expect(commits).toEqual(['deferred', 'durable']);
    expect(memory.effect('looks')).toBeUndefined();
    expect(await send()).toEqual({ ...answer, replayed: true });
  });

  it('does not look twice, as another look might see something else', async () => {
    const looks = [refused('total_changed'), rejected('payment_in_progress')];
    const { send } = pay('reserved', (run) => run.phase('quoted', async () => looks.shift() ?? rejected('late')));
    expect(await send()).toMatchObject({ kind: 'final', outcome: { reason: 'total_changed' } });
  });

  it.each<[string, string, (run: PayRun) => Promise<RunOutcome<Receipt>>]>([
    ['in a phase before it', 'reserved', (run) => run.phase('quoted', async () => order)],
    ['in a phase before the finish', 'finish', (run) => run.phase('quoted', async () => order)],
    ['without having entered it', 'reserved', (run) => run.finish(async () => order)],
  ])('may not be settled %s: what it did until then may be taken back', async (_where, durableFrom, run) => {
    const { send } = pay(durableFrom, run);
    await expect(send()).rejects.toThrow(`settled before ${durableFrom}`);
  });

  it('is one durable commit when it is atomic, whatever it says', async () => {
    const { send } = workbench();
    const operation = defineOperation<MemoryTransaction, typeof input, Receipt>({
      name: 'webhooks.take',
      version: 1,
      input,
      isAtomic: true,
      durableFrom: 'taken',
      run: (_input, run) => run.phase('looked', async () => refused('late')),
    });
    expect(await send(operation, { amountMinor: 1 })).toMatchObject({ outcome: { reason: 'late' } });
  });

  it('commits nothing of a phase that rejects', async () => {
    const { commits, send } = pay('reserved', (run) => run.phase('quoted', async () => rejected('already_ordered')));
    expect(await send()).toMatchObject({ kind: 'rejected' });
    expect(commits).toEqual(['deferred']);
  });
});
