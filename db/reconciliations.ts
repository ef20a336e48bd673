import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, asc, desc, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Queries, Tx } from './open.ts';
import { orders, payments, reconciliations } from './schema.ts';

export type Finding = typeof reconciliations.$inferSelect;

export type NewFinding = Pick<
  Finding,
  'subjectId' | 'found' | 'attemptId' | 'cartId' | 'customer' | 'amountMinor' | 'currency' | 'foundAt'
>;

/** How a finding ended. */
export type FindingEnd =
  | { readonly done: 'adopted' | 'cancelled'; readonly refundId: null }
  | { readonly done: 'refunded'; readonly refundId: string };

const insert = statement((db, p: Placeholders<NewFinding>) =>
  db
    .insert(reconciliations)
    .values({
      subjectId: p.subjectId,
      found: sql`${p.found}`,
      done: 'waiting',
      attemptId: p.attemptId,
      cartId: p.cartId,
      customer: p.customer,
      amountMinor: p.amountMinor,
      currency: p.currency,
      foundAt: p.foundAt,
      lookedAt: p.foundAt,
    })
    .onConflictDoNothing()
    .returning({ subjectId: reconciliations.subjectId })
    .prepare(),
);

const open = statement((db, p: Placeholders<{ limit: number }>) =>
  db
    .select()
    .from(reconciliations)
    .where(and(isNull(reconciliations.endedAt), sql`${reconciliations.found} <> 'spare_intent'`))
    .orderBy(asc(reconciliations.lookedAt))
    .limit(p.limit)
    .prepare(),
);

const spares = statement((db, p: Placeholders<{ foundUntil: number; limit: number }>) =>
  db
    .select()
    .from(reconciliations)
    .where(
      and(
        isNull(reconciliations.endedAt),
        sql`${reconciliations.found} = 'spare_intent'`,
        lte(reconciliations.foundAt, p.foundUntil),
      ),
    )
    .orderBy(asc(reconciliations.lookedAt))
    .limit(p.limit)
    .prepare(),
);

const look = statement((db, p: Placeholders<{ subjectId: string; at: number; failure: string | null }>) =>
  db
    .update(reconciliations)
    .set({ lookedAt: sql`${p.at}`, failure: sql`${p.failure}` })
    .where(and(eq(reconciliations.subjectId, p.subjectId), isNull(reconciliations.endedAt)))
    .prepare(),
);

const intend = statement((db, p: Placeholders<{ subjectId: string; found: string }>) =>
  db
    .update(reconciliations)
    .set({ done: 'refund_intended', found: sql`${p.found}` })
    .where(and(eq(reconciliations.subjectId, p.subjectId), sql`${reconciliations.done} = 'waiting'`))
    .prepare(),
);

const end = statement(
  (db, p: Placeholders<{ subjectId: string; done: string; refundId: string | null; endedAt: number }>) =>
    db
      .update(reconciliations)
      .set({ done: sql`${p.done}`, refundId: sql`${p.refundId}`, endedAt: sql`${p.endedAt}`, failure: null })
      .where(and(eq(reconciliations.subjectId, p.subjectId), isNull(reconciliations.endedAt)))
      .returning({ subjectId: reconciliations.subjectId })
      .prepare(),
);

const ofCustomer = statement((db, p: Placeholders<{ customer: string }>) =>
  db
    .select()
    .from(reconciliations)
    .where(eq(reconciliations.customer, p.customer))
    .orderBy(desc(reconciliations.foundAt))
    .limit(100)
    .prepare(),
);

const chargesWithOrder = statement((db, p: Placeholders<{ chargeIds: string }>) =>
  db
    .select({ id: orders.chargeId })
    .from(orders)
    .where(sql`${orders.chargeId} in (select value from json_each(${p.chargeIds}))`)
    .prepare(),
);

const attempt = statement((db, p: Placeholders<{ attemptId: string }>) =>
  db
    .select({
      status: payments.status,
      principal: payments.principal,
      idempotencyKey: payments.idempotencyKey,
      intentId: payments.intentId,
      orderChargeId: orders.chargeId,
    })
    .from(payments)
    .leftJoin(orders, eq(orders.attemptId, payments.attemptId))
    .where(eq(payments.attemptId, p.attemptId))
    .prepare(),
);

/** False when it was written down before. */
export async function noteFinding(tx: Tx, finding: NewFinding): Promise<boolean> {
  return (await tx.query(insert, finding)).length > 0;
}

/** All but spare intents; those that nobody has looked at for the longest time first. */
export async function openFindings(queries: Queries, limit: number): Promise<readonly Finding[]> {
  return queries.query(open, { limit });
}

/** Spare intents that were found by then, in the same order. */
export async function openSpares(
  queries: Queries,
  which: { readonly foundUntil: number; readonly limit: number },
): Promise<readonly Finding[]> {
  return queries.query(spares, which);
}

export async function noteLook(
  tx: Tx,
  seen: { readonly subjectId: string; readonly at: number; readonly failure: string | null },
): Promise<void> {
  await tx.query(look, seen);
}

/** From here on the money goes back, whoever carries it out. */
export async function intendRefund(
  tx: Tx,
  finding: { readonly subjectId: string; readonly found: Finding['found'] },
): Promise<void> {
  await tx.query(intend, finding);
}

/** False when another has ended it before. */
export async function endFinding(
  tx: Tx,
  ending: { readonly subjectId: string; readonly endedAt: number } & FindingEnd,
): Promise<boolean> {
  return (await tx.query(end, ending)).length > 0;
}

/** Newest first. */
export async function findingsOf(queries: Queries, customer: string): Promise<readonly Finding[]> {
  return queries.query(ofCustomer, { customer });
}

/** Which of these charges belong to an order, be it refunded by now. */
export async function chargesOfOrders(queries: Queries, chargeIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await queries.query(chargesWithOrder, { chargeIds: JSON.stringify(chargeIds) });
  return new Set(rows.map(({ id }) => id));
}

/** The attempt with the charge of its order; undefined when this database has never heard of it. */
export async function findAttempt(queries: Queries, attemptId: string) {
  return (await queries.query(attempt, { attemptId }))[0];
}
