import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { CartRef } from './carts.ts';
import type { Queries, Tx } from './open.ts';
import type { FrozenQuote } from './payments.ts';
import { orders } from './schema.ts';

export interface NewOrder extends FrozenQuote, CartRef {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly attemptId: string;
  readonly isProtected: boolean;
  readonly paymentMethod: string;
  readonly email: string;
  readonly intentId: string;
  readonly chargeId: string;
  readonly paidAt: number;
}

export interface Order extends Omit<NewOrder, 'principal' | 'attemptId' | 'intentId'> {
  readonly status: 'paid' | 'refunded';
}

/** A list is for a screen; whoever has bought more than this is not shown the rest. */
export const ORDERS_LISTED_MAX = 100;

const columns = {
  orderId: orders.orderId,
  orderNumber: orders.orderNumber,
  cartId: orders.cartId,
  isProtected: orders.isProtected,
  status: orders.status,
  lines: orders.lines,
  subtotalMinor: orders.subtotalMinor,
  taxMinor: orders.taxMinor,
  totalMinor: orders.totalMinor,
  currency: orders.currency,
  paymentMethod: orders.paymentMethod,
  email: orders.email,
  chargeId: orders.chargeId,
  paidAt: orders.paidAt,
};

const insert = statement((db, p: Placeholders<NewOrder>) =>
  db
    .insert(orders)
    .values({
      orderId: p.orderId,
      orderNumber: p.orderNumber,
      attemptId: p.attemptId,
      principal: p.principal,
      cartId: p.cartId,
      isProtected: p.isProtected,
      status: 'paid',
      lines: p.lines,
      subtotalMinor: p.subtotalMinor,
      taxMinor: p.taxMinor,
      totalMinor: p.totalMinor,
      currency: p.currency,
      paymentMethod: p.paymentMethod,
      email: p.email,
      intentId: p.intentId,
      chargeId: p.chargeId,
      paidAt: p.paidAt,
    })
    .prepare(),
);

const byId = statement((db, p: Placeholders<{ principal: string; orderId: string }>) =>
  db
    .select(columns)
    .from(orders)
    .where(and(eq(orders.orderId, p.orderId), eq(orders.principal, p.principal)))
    .prepare(),
);

const ofCustomer = statement((db, p: Placeholders<{ principal: string }>) =>
  db
    .select(columns)
    .from(orders)
    .where(eq(orders.principal, p.principal))
    .orderBy(desc(orders.paidAt))
    .limit(ORDERS_LISTED_MAX)
    .prepare(),
);

const refund = statement((db, p: Placeholders<{ orderId: string }>) =>
  db
    .update(orders)
    .set({ status: 'refunded' })
    .where(and(eq(orders.orderId, p.orderId), sql`${orders.status} = 'paid'`))
    .returning({ orderId: orders.orderId })
    .prepare(),
);

export async function insertOrder(tx: Tx, order: NewOrder): Promise<void> {
  await tx.query(insert, order);
}

/** The customer is part of the question, so that another's order is not found rather than forbidden. */
export async function findOrder(
  queries: Queries,
  ref: { principal: string; orderId: string },
): Promise<Order | undefined> {
  return (await queries.query(byId, ref))[0];
}

/** Newest first. */
export async function listOrders(queries: Queries, principal: string): Promise<readonly Order[]> {
  return queries.query(ofCustomer, { principal });
}

/** An order is refunded once: to do it again is a bug, and rolls back what came with it. */
export async function markRefunded(tx: Tx, orderId: string): Promise<void> {
  const refunded = await tx.query(refund, { orderId });
  if (refunded.length === 0) throw new Error(`order ${orderId} is not a paid one`);
}
