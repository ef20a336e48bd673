import { z } from 'zod';
import { defineOperation, proceed, settled } from '../index.ts';
import type { MemoryTransaction } from '../memory-store.ts';
import { crash, increment } from './workbench.ts';

/** A payment with a provider of its own, that dies at the first `dies` of the places it passes. */
export function mortalPayment(dies: { at: Place | undefined }) {
  const charges = new Map<string, number>();
  const runs: { startedAt: number; resumed: boolean }[] = [];
  const input = z.object({ amountMinor: z.number() });

  const pay = defineOperation<MemoryTransaction, typeof input, { attemptId: string; chargeId: string }>({
    name: 'checkout.pay',
    version: 1,
    input,
    async run(_input, run) {
      const pass = (place: Place) => (dies.at === place ? crash : undefined);
      runs.push({ startedAt: run.startedAt, resumed: run.resumed });
      await pass('claimed');

      const { data } = await run.phase('reserved', async (tx) => {
        increment(tx, 'stock');
        return proceed({ attemptId: `attempt of ${run.requestId}` });
      });
      await pass('reserved');

      const chargeId = await run.call('charge', async () => {
        // The provider knows its own key: asked twice it charges once.
        if (!charges.has(data.attemptId)) charges.set(data.attemptId, charges.size + 1);
        return `charge ${charges.get(data.attemptId)}`;
      });
      await pass('charged, not remembered');

      const charged = await run.phase('charged', async () => proceed({ chargeId }));
      await pass('charged');

      return run.finish(async (tx) => {
        increment(tx, 'orders');
        return settled({ attemptId: data.attemptId, chargeId: charged.data.chargeId });
      });
    },
  });
  return { pay, charges, runs };
}

export const PLACES = ['claimed', 'reserved', 'charged, not remembered', 'charged'] as const;
export type Place = (typeof PLACES)[number];
