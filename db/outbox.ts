import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, asc, desc, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Queries, Tx } from './open.ts';
import { outbox } from './schema.ts';

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
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  /** Sends begun before this one. */
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

const due = statement((db, p: Placeholders<{ now: number; limit: number }>) =>
  db
    .select({
      id: outbox.id,
      messageId: outbox.messageId,
      recipient: outbox.recipient,
      subject: outbox.subject,
      body: outbox.body,
      attempts: outbox.attempts,
    })
    .from(outbox)
    .where(and(isNull(outbox.sentAt), isNull(outbox.deadAt), lte(outbox.nextAttemptAt, p.now)))
    .orderBy(asc(outbox.nextAttemptAt))
    .limit(p.limit)
    .prepare(),
);

const claim = statement((db, p: Placeholders<{ id: number; attempts: number; nextAttemptAt: number }>) =>
  db
    .update(outbox)
    .set({ attempts: sql`${outbox.attempts} + 1`, nextAttemptAt: sql`${p.nextAttemptAt}` })
    .where(and(eq(outbox.id, p.id), eq(outbox.attempts, p.attempts), isNull(outbox.sentAt), isNull(outbox.deadAt)))
    .returning({ id: outbox.id })
    .prepare(),
);

const markSentById = statement((db, p: Placeholders<{ id: number; sentAt: number }>) =>
  db
    .update(outbox)
    .set({ sentAt: sql`${p.sentAt}`, lastError: null })
    .where(eq(outbox.id, p.id))
    .prepare(),
);

const markFailedById = statement(
  (db, p: Placeholders<{ id: number; nextAttemptAt: number; deadAt: number | null; lastError: string }>) =>
    db
      .update(outbox)
      .set({
        nextAttemptAt: sql`${p.nextAttemptAt}`,
        deadAt: sql`${p.deadAt}`,
        lastError: sql`${p.lastError}`,
      })
      .where(eq(outbox.id, p.id))
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
    .where(eq(outbox.principal, p.principal))
    .orderBy(desc(outbox.id))
    .limit(100)
    .prepare(),
);

/** Written in the transaction of the effect it speaks of, or not at all. */
export async function enqueueMessage(tx: Tx, message: NewMessage): Promise<void> {
  await tx.query(insert, message);
}

export async function dueMessages(
  queries: Queries,
  at: { now: number; limit: number },
): Promise<readonly DueMessage[]> {
  return queries.query(due, at);
}

/** False when another relay has taken the row since it was read. */
export async function claimMessage(
  tx: Tx,
  message: { id: number; attempts: number; nextAttemptAt: number },
): Promise<boolean> {
  return (await tx.query(claim, message)).length > 0;
}

export async function markSent(tx: Tx, message: { id: number; sentAt: number }): Promise<void> {
  await tx.query(markSentById, message);
}

/** `deadAt` set: given up, a dead letter. */
export async function markFailed(
  tx: Tx,
  message: { id: number; nextAttemptAt: number; deadAt: number | null; lastError: string },
): Promise<void> {
  await tx.query(markFailedById, message);
}

export async function messagesOf(queries: Queries, principal: string) {
  return queries.query(ofCustomer, { principal });
}
