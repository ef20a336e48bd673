import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, asc, desc, eq, inArray, isNull, lte, type Placeholder, sql } from 'drizzle-orm';
import type { Queries, Tx } from './open.ts';
import { ORDERS_LISTED_MAX } from './orders.ts';
import { orders, outbox } from './schema.ts';

export interface NewMessage {
  readonly kind: 'order_confirmation' | 'refund_confirmation';
  readonly orderId: string;
  readonly principal: string;
  readonly messageId: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly createdAt: number;
}

export interface DueMessage {
  readonly id: number;
  readonly messageId: string;
  /** Sends that have ended, all of them badly. */
  readonly attempts: number;
}

const insert = statement((db, p: Placeholders<NewMessage>) =>
  db
    .insert(outbox)
    .values({
      kind: p.kind,
      orderId: p.orderId,
      principal: p.principal,
      messageId: p.messageId,
      recipient: p.recipient,
      subject: p.subject,
      body: p.body,
      createdAt: p.createdAt,
      nextAttemptAt: p.createdAt,
    })
    .prepare(),
);

/** As many as one look takes. */
export const DUE_MAX = 40;

/**
 * Written into the statement, where Drizzle binds even a constant: a statement whose limit is bound is planned anew by
 * SQLite at each call, at three times the cost of running it.
 */
const dueMax = sql.raw(String(DUE_MAX)) as unknown as Placeholder;

const due = statement((db, p: Placeholders<{ now: number }>) =>
  db
    .select({ id: outbox.id, messageId: outbox.messageId, attempts: outbox.attempts })
    .from(outbox)
    .where(and(isNull(outbox.sentAt), isNull(outbox.deadAt), lte(outbox.nextAttemptAt, p.now)))
    .orderBy(asc(outbox.nextAttemptAt))
    .limit(dueMax)
    .prepare(),
);

const byId = statement((db, p: Placeholders<{ id: number }>) =>
  db
    .select({
      messageId: outbox.messageId,
      recipient: outbox.recipient,
      subject: outbox.subject,
      body: outbox.body,
    })
    .from(outbox)
    .where(eq(outbox.id, p.id))
    .prepare(),
);

const markSentById = statement((db, p: Placeholders<{ id: number; sentAt: number }>) =>
  db
    .update(outbox)
    .set({ sentAt: sql`${p.sentAt}`, attempts: sql`${outbox.attempts} + 1`, deadAt: null, lastError: null })
    .where(eq(outbox.id, p.id))
    .prepare(),
);

interface FailedSend {
  readonly id: number;
  readonly attempts: number;
  readonly nextAttemptAt: number;
  readonly deadAt: number | null;
  readonly lastError: string;
}

const markFailedById = statement((db, p: Placeholders<FailedSend>) =>
  db
    .update(outbox)
    .set({
      attempts: sql`${outbox.attempts} + 1`,
      nextAttemptAt: sql`${p.nextAttemptAt}`,
      deadAt: sql`${p.deadAt}`,
      lastError: sql`${p.lastError}`,
    })
    .where(and(eq(outbox.id, p.id), eq(outbox.attempts, p.attempts), isNull(outbox.sentAt)))
    .returning({ id: outbox.id })
    .prepare(),
);

const putOffById = statement((db, p: Placeholders<{ id: number; nextAttemptAt: number }>) =>
  db
    .update(outbox)
    .set({ nextAttemptAt: sql`max(${outbox.nextAttemptAt}, ${p.nextAttemptAt})` })
    .where(and(eq(outbox.id, p.id), isNull(outbox.sentAt)))
    .prepare(),
);

const ofCustomer = statement((db, p: Placeholders<{ principal: string }>) =>
  db
    .select({
      orderId: outbox.orderId,
      messageId: outbox.messageId,
      kind: outbox.kind,
      recipient: outbox.recipient,
      subject: outbox.subject,
      attempts: outbox.attempts,
      sentAt: outbox.sentAt,
      deadAt: outbox.deadAt,
    })
    .from(outbox)
    .where(
      inArray(
        outbox.orderId,
        db
          .select({ orderId: orders.orderId })
          .from(orders)
          .where(eq(orders.principal, p.principal))
          .orderBy(desc(orders.paidAt))
          .limit(ORDERS_LISTED_MAX),
      ),
    )
    .orderBy(desc(outbox.id))
    .prepare(),
);

/** Written in the transaction of the effect it speaks of, or not at all. */
export async function enqueueMessage(tx: Tx, message: NewMessage): Promise<void> {
  await tx.query(insert, message);
  tx.announce('message-enqueued');
}

export async function dueMessages(queries: Queries, now: number): Promise<readonly DueMessage[]> {
  return queries.query(due, { now });
}

/** What is to be sent. A message is never deleted, so one that is missing is a bug. */
export async function findMessage(queries: Queries, id: number) {
  const [message] = await queries.query(byId, { id });
  if (message === undefined) throw new Error(`there is no message ${id}`);
  return message;
}

export async function markSent(tx: Tx, message: { id: number; sentAt: number }): Promise<void> {
  await tx.query(markSentById, message);
}

/** `deadAt` set: given up, a dead letter. False when it was sent, or tried by another, since it was read. */
export async function markFailed(tx: Tx, failed: FailedSend): Promise<boolean> {
  return (await tx.query(markFailedById, failed)).length > 0;
}

/** Later, but never sooner than it was put off already. */
export async function putOff(tx: Tx, message: { id: number; nextAttemptAt: number }): Promise<void> {
  await tx.query(putOffById, message);
}

export async function messagesOf(queries: Queries, principal: string) {
  return queries.query(ofCustomer, { principal });
}
