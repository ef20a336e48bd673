import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from './open.ts';
import { refunds } from './schema.ts';

/** The provider's refund of an order's whole total. */
export interface MadeRefund {
  readonly orderId: string;
  readonly refundId: string;
  readonly refundedAt: number;
}

const start = statement((db, p: Placeholders<{ orderId: string; startedAt: number }>) =>
  db
    .insert(refunds)
    .values({ orderId: p.orderId, startedAt: p.startedAt })
    .onConflictDoNothing()
    .returning({ orderId: refunds.orderId })
    .prepare(),
);

const end = statement((db, p: Placeholders<MadeRefund>) =>
  db
    .update(refunds)
    .set({ refundId: sql`${p.refundId}`, refundedAt: sql`${p.refundedAt}` })
    .where(and(eq(refunds.orderId, p.orderId), isNull(refunds.refundId)))
    .returning({ orderId: refunds.orderId })
    .prepare(),
);

/** False when the refund of this order has been started before, be it finished or not. */
export async function startRefund(tx: Tx, refund: { orderId: string; startedAt: number }): Promise<boolean> {
  return (await tx.query(start, refund)).length > 0;
}

/** A refund ends once: ending one that is over is a bug, and rolls back what came with it. */
export async function endRefund(tx: Tx, refund: MadeRefund): Promise<void> {
  const ended = await tx.query(end, refund);
  if (ended.length === 0) throw new Error(`the refund of order ${refund.orderId} is not under way`);
}
