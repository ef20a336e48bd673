import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOperation, type Run, rejected, settled, unfinished } from './index.ts';
import { createMemoryStore, type MemoryTransaction } from './memory-store.ts';
import type { RunOutcome } from './operation.ts';
import { increment, workbench } from './testing/workbench.ts';

const input = z.object({ what: z.string() });

type Stamp = { stampedBy: string };
type StampRun = Run<MemoryTransaction, Stamp>;

const stamp = (run: StampRun) =>
  run.finish(async (tx) => {
    increment(tx, 'stamps');
    return settled({ stampedBy: run.requestId });
  });

const atomic = (run: (run: StampRun) => Promise<RunOutcome<Stamp>> = stamp, retentionMs?: number) =>
  defineOperation<MemoryTransaction, typeof input, Stamp>({
    name: 'stamp',
    version: 1,
    input,
    isAtomic: true,
    ...(retentionMs !== undefined && { retentionMs }),
    run: (_input, handle) => run(handle),
  });

const paid = { what: 'paid' };

/** A memory store that counts its transactions. */
function counted() {
  const store = createMemoryStore();
  const counts = { transactions: 0, claims: 0 };
  return {
    counts,
    store: {
      ...store,
      transaction: <T>(work: (tx: MemoryTransaction) => Promise<T>) => {
        counts.transactions += 1;
        return store.transaction(work);
      },
      claim: (...request: Parameters<typeof store.claim>) => {
        counts.claims += 1;
        return store.claim(...request);
      },
    },
  };
}

describe('an operation that asks nobody outside', () => {
  it('is claimed, done and answered in one commit, and a repeat costs none', async () => {
    const { store, counts } = counted();
    const { send, said } = workbench({ store });
    const first = await send(atomic(), paid);
    expect(first).toMatchObject({ kind: 'final', replayed: false, outcome: { output: { stampedBy: 'request-1' } } });
    expect(await send(atomic(), paid)).toEqual({ ...first, replayed: true });
    expect(await send(atomic(), { what: 'refunded' })).toEqual({ kind: 'mismatch' });
    expect(counts).toEqual({ transactions: 1, claims: 0 });
    expect(said()).toEqual(['executed', 'replayed', 'reused']);
    expect(store.effect('stamps')).toBe(1);
  });

  it('is done once when 50 requests come at once, and all get its answer', async () => {
    const { send, store } = workbench();
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(atomic(), paid)));
    expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, replayed: null }))).size).toBe(1);
    expect(answers.filter((answer) => answer.kind === 'final' && !answer.replayed)).toHaveLength(1);
    expect(store.effect('stamps')).toBe(1);
  });

  it.each<[string, (run: StampRun) => Promise<RunOutcome<Stamp>>, object]>([
    ['rejects', async () => rejected('cart_empty'), { kind: 'rejected', reason: 'cart_empty' }],
    [
      'rejects in a phase, after what that did',
      (run) =>
        run.phase('looked', async (tx) => {
          increment(tx, 'stamps');
          return rejected('cart_empty');
        }),
      { kind: 'rejected', reason: 'cart_empty' },
    ],
    ['is not finished', async () => unfinished('too_soon', 1_000), { kind: 'unfinished', retryAfterMs: 1_000 }],
  ])('leaves no trace when it %s', async (_how, run, answer) => {
    const { send, store, find } = workbench();
    expect(await send(atomic(run), paid)).toMatchObject(answer);
    expect(await find('stamp')).toBeUndefined();
    expect(await send(atomic(), paid)).toMatchObject({ kind: 'final', replayed: false });
    expect(store.effect('stamps')).toBe(1);
  });

  it.each<[string, (run: StampRun) => Promise<RunOutcome<Stamp>>, RegExp]>([
    ['throws', () => Promise.reject(new Error('a bug')), /a bug/],
    ['throws after its effects', (run) => stamp(run).then(() => Promise.reject(new Error('a bug'))), /a bug/],
    [
      'goes on after a transaction that failed',
      (run) =>
        run
          .phase('first', async (tx) => {
            increment(tx, 'stamps');
            throw new Error('a failed phase');
          })
          .catch(() => stamp(run)),
      /a failed phase/,
    ],
    [
      'goes on after a phase that rejected',
      (run) => run.phase('looked', async () => rejected('cart_empty')).then(() => stamp(run)),
      /goes on after one of its phases rejected/,
    ],
    ['calls somebody', (run) => run.call('bank', async () => undefined).then(() => stamp(run)), /bank.*asks nobody/],
  ])('leaves no trace when it %s', async (_how, run, error) => {
    const { send, store, find } = workbench();
    await expect(send(atomic(run), paid)).rejects.toThrow(error);
    expect(await find('stamp')).toBeUndefined();
    expect(store.effect('stamps')).toBeUndefined();
  });

  it('is found again when storage could not tell of a commit that it had made', async () => {
    const store = createMemoryStore();
    const { send, said } = workbench({
      store: {
        ...store,
        async transaction(work) {
          await store.transaction(work);
          throw new Error('I/O error at COMMIT');
        },
      },
    });
    expect(await send(atomic(), paid)).toMatchObject({ kind: 'final', replayed: false });
    expect(said()).toEqual(['executed']);
    expect(store.effect('stamps')).toBe(1);
  });

  it('is not given the answer of another run that has taken its place since, for other content', async () => {
    const store = createMemoryStore();
    let isBroken = true;
    const broken: typeof store = {
      ...store,
      // Nothing of it is kept, its fencing token neither: the next run has the same, as in a table that was rolled back.
      async transaction(work) {
        if (!isBroken) return store.transaction(work);
        isBroken = false;
        await store.transaction((tx) => work(tx).then(() => Promise.reject(new Error('rolled back')))).catch(() => 0);
        await other.send(atomic(), { what: 'refunded' });
        throw new Error('I/O error at COMMIT');
      },
      claimWithin: async (tx, request) => {
        const claim = await store.claimWithin(tx, request);
        return claim.kind === 'granted' ? { ...claim, grant: { ...claim.grant, fencingToken: 2 } } : claim;
      },
    };
    const other = workbench({ store });
    const { send, said } = workbench({ store: broken });
    await expect(send(atomic(), paid)).rejects.toThrow('I/O error at COMMIT');
    expect(said()).toEqual([]);
  });

  it('is done by nobody while there is no room for a new key', async () => {
    const { send, store } = workbench();
    const admit = () => ({ admitted: false, retryAfterMs: 700 }) as const;
    expect(await send(atomic(), paid, { admit })).toEqual({ kind: 'limited', retryAfterMs: 700 });
    expect(store.effect('stamps')).toBeUndefined();
  });
});

it('an operation may keep its answers longer than others', async () => {
  const { send, clock, store } = workbench({ retentionMs: 60_000 });
  const kept = atomic(stamp, 120_000);
  await send(kept, paid);
  clock.advance(119_999);
  expect(await send(kept, paid)).toMatchObject({ replayed: true });
  clock.advance(1);
  expect(await send(kept, paid)).toMatchObject({ replayed: false });
  expect(store.effect('stamps')).toBe(2);
});
