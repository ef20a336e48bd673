import type { KeyRef } from '@payonce/trpc-idempotency';
import { idempotencyKeys as keys, type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, eq, lt, sql } from 'drizzle-orm';
import type { Cart, CartRef } from './carts.ts';
import type { Queries, Tx } from './open.ts';
import { carts, orders, type PricedLine, payments } from './schema.ts';

/** A total with the parts it was made of, as the customer was shown it. Money is integer minor units. */
export interface FrozenQuote {
  readonly lines: readonly PricedLine[];
  readonly subtotalMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly currency: string;
}

export interface NewPayment extends FrozenQuote, CartRef {
  readonly attemptId: string;
  /** Null for an unprotected attempt: nobody comes back to look for it. */
  readonly intentId: string | null;
  readonly cartVersion: number;
  readonly idempotencyKey: string | null;
  readonly isProtected: boolean;
  readonly paymentMethod: string;
  readonly email: string;
  readonly startedAt: number;
}

/** The attempt that holds a cart: at most one, because the index lets no second one live or be paid. */
export type CartHold =
  | { readonly kind: 'free' }
  | { readonly kind: 'live' }
  | { readonly kind: 'paid'; readonly orderId: string };

/** A cart, and whatever payment holds it. */
export interface CartToPay extends Cart {
  readonly hold: CartHold;
}

/** States are written out and not bound, or SQLite could not know that the partial indexes on them serve. */
const isLive = sql`${payments.status} = 'live'`;
const isGivenBack = sql`${keys.processingState} = 'pending' and ${keys.leaseExpiresAt} is null`;
const holdsItsCart = sql`${payments.isProtected} = 1 and ${payments.status} in ('live', 'paid')`;

const holder = statement((db, p: Placeholders<CartRef>) =>
  db
    .select({ orderId: orders.orderId })
    .from(payments)
    .leftJoin(orders, eq(orders.attemptId, payments.attemptId))
    .where(and(eq(payments.principal, p.principal), eq(payments.cartId, p.cartId), holdsItsCart))
    .prepare(),
);

const insert = statement((db, p: Placeholders<NewPayment>) =>
  db
    .insert(payments)
    .values({
      attemptId: p.attemptId,
      intentId: p.intentId,
      principal: p.principal,
      cartId: p.cartId,
      cartVersion: p.cartVersion,
      idempotencyKey: p.idempotencyKey,
      isProtected: p.isProtected,
      status: 'live',
      paymentMethod: p.paymentMethod,
      email: p.email,
      lines: p.lines,
      subtotalMinor: p.subtotalMinor,
      taxMinor: p.taxMinor,
      totalMinor: p.totalMinor,
      currency: p.currency,
      startedAt: p.startedAt,
    })
    .prepare(),
);

const byAttempt = statement((db, p: Placeholders<{ attemptId: string }>) =>
  db.select().from(payments).where(eq(payments.attemptId, p.attemptId)).prepare(),
);

const raiseConfirm = statement((db, p: Placeholders<{ attemptId: string }>) =>
  db
    .update(payments)
    .set({ confirmNumber: sql`${payments.confirmNumber} + 1` })
    .where(and(eq(payments.attemptId, p.attemptId), isLive))
    .returning({ confirmNumber: payments.confirmNumber })
    .prepare(),
);

const end = statement((db, p: Placeholders<{ attemptId: string; status: string; endedAt: number }>) =>
  db
    .update(payments)
    .set({ status: sql`${p.status}`, endedAt: sql`${p.endedAt}` })
    .where(and(eq(payments.attemptId, p.attemptId), isLive))
    .returning({ attemptId: payments.attemptId })
    .prepare(),
);

const cartAndHolder = statement((db, p: Placeholders<CartRef>) =>
  db
    .select({
      version: carts.version,
      lines: carts.lines,
      attemptId: payments.attemptId,
      orderId: orders.orderId,
    })
    .from(carts)
    .leftJoin(payments, and(eq(payments.principal, carts.principal), eq(payments.cartId, carts.cartId), holdsItsCart))
    .leftJoin(orders, eq(orders.attemptId, payments.attemptId))
    .where(and(eq(carts.principal, p.principal), eq(carts.cartId, p.cartId)))
    .prepare(),
);

type WaitingKeySearch = Pick<KeyRef, 'tenant' | 'operation'> & { readonly intentId: string };

const waitingKey = statement((db, p: Placeholders<WaitingKeySearch>) =>
  db
    .select({ tenant: keys.tenant, principal: keys.principal, operation: keys.operation, key: keys.key })
    .from(payments)
    // CROSS has SQLite begin with the few payments that are live, and find the key of the one by its primary key.
    .crossJoin(keys)
    .where(
      and(
        eq(payments.intentId, p.intentId),
        isLive,
        eq(keys.tenant, p.tenant),
        eq(keys.principal, payments.principal),
        eq(keys.operation, p.operation),
        eq(keys.key, payments.idempotencyKey),
        isGivenBack,
      ),
    )
    .prepare(),
);

const unprotectedBefore = statement((db, p: Placeholders<{ before: number; limit: number }>) =>
  db
    .select({ attemptId: payments.attemptId })
    .from(payments)
    .where(and(isLive, eq(payments.isProtected, sql`0`), lt(payments.startedAt, p.before)))
    .orderBy(payments.startedAt)
    .limit(p.limit)
    .prepare(),
);

const everSent = statement((db, p: Placeholders<{ principal: string; idempotencyKey: string }>) =>
  db
    .select({ attemptId: payments.attemptId })
    .from(payments)
    .where(and(eq(payments.principal, p.principal), eq(payments.idempotencyKey, p.idempotencyKey)))
    .limit(1)
    .prepare(),
);

export async function cartHold(queries: Queries, cart: CartRef): Promise<CartHold> {
  const [held] = await queries.query(holder, { principal: cart.principal, cartId: cart.cartId });
  return held === undefined ? { kind: 'free' } : holdBy(held);
}

/** In one look, as each is in the way of an answer. */
export async function findCartToPay(queries: Queries, { principal, cartId }: CartRef): Promise<CartToPay | undefined> {
  const [found] = await queries.query(cartAndHolder, { principal, cartId });
  if (found === undefined) return undefined;
  const { version, lines, attemptId, orderId } = found;
  return { cartId, version, lines, hold: attemptId === null ? { kind: 'free' } : holdBy({ orderId }) };
}

function holdBy({ orderId }: { readonly orderId: string | null }): CartHold {
  return orderId === null ? { kind: 'live' } : { kind: 'paid', orderId };
}

/** The whole row. An attempt is never deleted, so one that is missing is a bug. */
export async function findPayment(queries: Queries, attemptId: string) {
  const [payment] = await queries.query(byAttempt, { attemptId });
  if (payment === undefined) throw new Error(`there is no attempt ${attemptId}`);
  return payment;
}

export async function startPayment(tx: Tx, payment: NewPayment): Promise<void> {
  await tx.query(insert, payment);
}

/** Called only when a look-up proved that the last confirm did nothing; the next one then needs a key of its own. */
export async function nextConfirmNumber(tx: Tx, attemptId: string): Promise<number> {
  const [raised] = await tx.query(raiseConfirm, { attemptId });
  if (raised === undefined) throw new Error(`attempt ${attemptId} is not live`);
  return raised.confirmNumber;
}

/** An attempt ends once: ending one that is over is a bug, and rolls back what came with it. */
export async function endPayment(
  tx: Tx,
  ending: { attemptId: string; status: 'paid' | 'refused'; endedAt: number },
): Promise<void> {
  const ended = await tx.query(end, ending);
  if (ended.length === 0) throw new Error(`attempt ${ending.attemptId} is not live`);
}

/** Unprotected attempts that began before then and have not ended, oldest first. */
export async function findUnprotectedBefore(
  queries: Queries,
  span: { before: number; limit: number },
): Promise<readonly string[]> {
  return (await queries.query(unprotectedBefore, span)).map(({ attemptId }) => attemptId);
}

/** Whether this key was ever an attempt, also when its answer has been deleted after its retention. */
export async function wasAttempted(
  queries: Queries,
  key: { principal: string; idempotencyKey: string },
): Promise<boolean> {
  return (await queries.query(everSent, key)).length > 0;
}

/**
 * The key of the payment that this intent is for, once its run has given the key back; undefined while a run holds it, or
 * died with it.
 */
export async function findWaitingKey(queries: Queries, search: WaitingKeySearch): Promise<KeyRef | undefined> {
  const [waiting] = await queries.query(waitingKey, search);
  return waiting;
}
