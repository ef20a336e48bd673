import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { createCompleter, defineOperation, proceed, settled, unfinished } from './index.ts';
import type { MemoryTransaction } from './memory-store.ts';
import { crash, increment, workbench } from './testing/workbench.ts';

type Receipt = { attemptId: string; chargeId: string };
/** What happens to a run at a place between two steps. */
type Fate = 'goes on' | 'dies' | 'throws' | 'gives up';

const LEASE_MS = 30_000;

const input = z.object({ amountMinor: z.number() });

/** A payment of two phases and one charge. At each place it waits for its turn, then meets its fate. */
function payment(turn: () => Promise<void>, nextFate: () => Fate) {
  const charges = new Map<string, string>();
  const pay = defineOperation<MemoryTransaction, typeof input, Receipt>({
    name: 'checkout.pay',
    version: 1,
    input,
    async run(_input, run) {
      async function pass(): Promise<void> {
        await turn();
        const fate = nextFate();
        if (fate === 'dies') await crash;
        if (fate === 'throws') throw new Error('a bug');
        if (fate === 'gives up') throw new GivingUp();
      }
      try {
        await pass();
        const { data } = await run.phase('reserved', async (tx) => {
          increment(tx, 'stock');
          return proceed({ attemptId: `attempt of ${run.requestId}` });
        });
        await pass();
        const chargeId = await run.call('charge', async () => {
          await pass();
          const known = charges.get(data.attemptId) ?? `charge ${charges.size + 1}`;
          charges.set(data.attemptId, known);
          await pass();
          return known;
        });
        const charged = await run.phase('charged', async () => proceed({ chargeId }));
        await pass();
        return await run.finish(async (tx) => {
          increment(tx, 'orders');
          return settled({ attemptId: data.attemptId, chargeId: charged.data.chargeId });
        });
      } catch (error) {
        if (error instanceof GivingUp) return unfinished('payment_outcome_unknown', 1000);
        throw error;
      }
    },
  });
  return { pay, charges };
}

class GivingUp extends Error {}

/** At most four deaths: a fifth takeover is still granted, so that the key can be carried to its end. */
const fates = fc
  .array(fc.constantFrom<Fate[]>('goes on', 'goes on', 'goes on', 'throws', 'gives up', 'dies'), { maxLength: 30 })
  .map((drawn) => {
    let deaths = 0;
    return drawn.map((fate) => (fate === 'dies' && ++deaths > 4 ? 'goes on' : fate));
  });

/**
 * Forward past the lease, a little, and back: the clock is nobody's friend. At most four, as each can cost a run its
 * lease: with the last advance that makes five takeovers, after which a key would be put aside.
 */
const jumps = fc.array(fc.integer({ min: -2 * LEASE_MS, max: 3 * LEASE_MS }), { maxLength: 4 });

/** How many requests and how many sweeps of the completer come. */
const visits = fc.record({ requests: fc.integer({ min: 1, max: 8 }), sweeps: fc.integer({ min: 0, max: 4 }) });

describe('whatever the order of requests, sweeps, crashes, failures and clock jumps', () => {
  it('a key has one reservation, one charge, one order and one answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fates, jumps, visits, async (s, drawn, moves, { requests, sweeps }) => {
        const bench = workbench({ leaseMs: LEASE_MS });
        const { clock, send, store, find } = bench;
        const left = [...drawn];
        let isOver = false;
        const turn = () => (isOver ? Promise.resolve() : s.schedule(Promise.resolve()));
        const { pay, charges } = payment(turn, () => left.shift() ?? 'goes on');

        const answers: Answer<Receipt>[] = [];
        const request = async () => {
          const answer = await send(pay, { amountMinor: 2490 }).catch(() => undefined);
          if (answer) answers.push(answer);
        };
        const { sweep } = createCompleter({ ...bench, operations: [pay] });
        for (let n = 0; n < requests; n++) void s.schedule(Promise.resolve()).then(request);
        for (let n = 0; n < sweeps; n++) void s.schedule(Promise.resolve()).then(() => sweep().catch(() => undefined));
        for (const jump of moves) void s.schedule(Promise.resolve()).then(() => clock.advance(jump));
        await s.waitIdle();

        // The faults have ended, and every lease. What is left to do is done without a client, who then asks once more.
        left.length = 0;
        isOver = true;
        clock.advance(LEASE_MS * 100);
        await sweep();
        expect(await find('checkout.pay')).toMatchObject({ state: { processingState: 'completed' } });
        await request();

        const finals = answers.filter((answer) => answer.kind === 'final');
        expect(finals.length).toBeGreaterThan(0);
        expect(new Set(finals.map(({ outcome, requestId }) => JSON.stringify([outcome, requestId]))).size).toBe(1);
        expect(finals.filter(({ replayed }) => !replayed).length).toBeLessThanOrEqual(1);
        expect([store.effect('stock'), store.effect('orders'), charges.size]).toEqual([1, 1, 1]);
      }),
      { numRuns: 150 },
    );
  });
});
