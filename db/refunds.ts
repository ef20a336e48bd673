import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Queries, Tx } from './open.ts';
import { orders, refunds } from './schema.ts';

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
    .set({ refundId: sql`${p.refundId}`, refundedAt: sql`${p.refundedAt}`, failure: null })
    .where(and(eq(refunds.orderId, p.orderId), isNull(refunds.refundId)))
    .returning({ orderId: refunds.orderId })
    .prepare(),
);

const fail = statement((db, p: Placeholders<{ orderId: string; failure: string }>) =>
  db
    .update(refunds)
    .set({ failure: sql`${p.failure}` })
    .where(and(eq(refunds.orderId, p.orderId), isNull(refunds.refundId), sql`${refunds.failure} is not ${p.failure}`))
    .returning({ orderId: refunds.orderId })
    .prepare(),
);

const ofCustomer = statement((db, p: Placeholders<{ principal: string }>) =>
  db
    .select({
      orderId: refunds.orderId,
      cartId: orders.cartId,
      startedAt: refunds.startedAt,
      refundId: refunds.refundId,
      refundedAt: refunds.refundedAt,
      failure: refunds.failure,
    })
    .from(refunds)
    .innerJoin(orders, eq(orders.orderId, refunds.orderId))
    .where(eq(orders.principal, p.principal))
    .orderBy(desc(refunds.startedAt))
    .limit(100)
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

/** Why a refund that is under way does not come to its end. False when that was known. */
export async function noteRefundFailure(tx: Tx, refund: { orderId: string; failure: string }): Promise<boolean> {
  return (await tx.query(fail, refund)).length > 0;
}

/** Newest first. */
export async function refundsOf(queries: Queries, principal: string) {
  return queries.query(ofCustomer, { principal });
}
