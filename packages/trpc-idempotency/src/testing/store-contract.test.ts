import { describe, expect, it } from 'vitest';
import { createMemoryStore, type MemoryStore, type MemoryTransaction } from '../memory-store.ts';
import { unixMs } from '../record.ts';
import { storeContract } from './index.ts';

/** The guarantees that a store breaks, by name. */
async function brokenBy(change: (store: MemoryStore) => Partial<MemoryStore>): Promise<string[]> {
  const tests: [string, () => Promise<void>][] = [];
  storeContract<MemoryTransaction>({
    describe: (_part, define) => define(),
    it: (name, test) => tests.push([name, test]),
    open() {
      const honest = createMemoryStore();
      const store = { ...honest, ...change(honest) };
      return {
        store,
        putEffect: async (tx, name, value) => tx.effects.set(name, value),
        effect: async (name) => honest.effect(name) as number | undefined,
        close: async () => undefined,
      };
    },
  });
  const broken: string[] = [];
  for (const [name, test] of tests) await test().catch(() => broken.push(name));
  return broken;
}

describe('the store contract', () => {
  it('passes a store that keeps it', async () => {
    expect(await brokenBy(() => ({}))).toEqual([]);
  });

  it.each<[string, (store: MemoryStore) => Partial<MemoryStore>, string]>([
    [
      'grants whoever comes while nobody has an answer',
      (store) => ({ claim: (request) => store.claim({ ...request, key: `${request.key}/${request.requestId}` }) }),
      'grants one of 50 claims that come at once',
    ],
    ['has no fence', () => ({ holds: async () => true }), 'lets a run that was taken over change nothing'],
    [
      'completes for whoever asks',
      (store) => ({
        async complete(tx, grant, end) {
          const record = tx.keys.get(JSON.stringify([grant.tenant, grant.principal, grant.operation, grant.key]));
          return store.complete(tx, { ...grant, fencingToken: record?.fencingToken ?? 0 }, end);
        },
      }),
      'rolls the effects of such a run back',
    ],
    [
      'lets no heartbeat through',
      () => ({ renew: async () => true }),
      'moves the end of the lease with each heartbeat',
    ],
    [
      'never gives back',
      () => ({ release: async () => true }),
      'gives a released key to the next claim at once, at its recovery point',
    ],
    [
      'compares no content',
      (store) => ({ claim: (request) => store.claim({ ...request, requestHash: () => 'the same' }) }),
      'tells a reused key so while the first request still runs',
    ],
    [
      'counts retention from nowhere',
      (store) => ({
        complete: (tx, grant, end) => store.complete(tx, grant, { ...end, retentionMs: 10 * end.retentionMs }),
      }),
      'replays to the last millisecond of the retention, which runs from completion',
    ],
    [
      'forgets too much',
      (store) => ({
        async forget(grant) {
          await store.release(grant, { resumeAt: grant.startedAt });
          return true;
        },
      }),
      'does not forget a key on which a phase was committed',
    ],
    [
      'has an eye for nothing but leases',
      (store) => ({
        async abandoned(search) {
          const records = await store.abandoned(search);
          return records.filter(({ state }) => state.processingState === 'pending' && state.leaseExpiresAt !== null);
        },
      }),
      'lists a key that was given back from the time on that was asked for',
    ],
    [
      'cleans up too thoroughly',
      (store) => ({
        reap: ({ now, limit }) => store.reap({ now: unixMs(now + 1), limit }),
      }),
      'deletes an answer when its retention has ended and not a millisecond before',
    ],
  ])('finds out a store that %s', async (_what, change, guarantee) => {
    expect(await brokenBy(change)).toContain(guarantee);
  });
});
