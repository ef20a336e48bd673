import { z } from 'zod';
import { defineOperation, settled } from '../index.ts';
import type { MemoryTransaction } from '../memory-store.ts';
import { increment } from './workbench.ts';

const input = z.unknown();

/** The shortest payment: its only effect is the order. */
export const orderOnce = defineOperation<MemoryTransaction, typeof input, { orderId: string }>({
  name: 'checkout.pay',
  version: 1,
  input,
  run: (_input, run) =>
    run.finish(async (tx) => {
      increment(tx, 'orders');
      return settled({ orderId: 'o-1' });
    }),
});
