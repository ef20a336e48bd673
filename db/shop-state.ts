import { statSync } from 'node:fs';
import { statement } from '@payonce/trpc-idempotency/sqlite';
import { count, min, sql } from 'drizzle-orm';
import type { Queries } from './open.ts';
import { idempotencyKeys, outbox, payments } from './schema.ts';

/** Counting stops here, so that a look at a shop in trouble does not add to it. */
const COUNTED_MAX = 10_000;

/*
 * The conditions are written out and not bound, or SQLite could not know that the partial indexes serve: each holds
 * what its question is about and nothing else, however many rows there are.
 */
const waitingMessages = statement((db) => {
  const waiting = db
    .select({ createdAt: outbox.createdAt })
    .from(outbox)
    .where(sql`${outbox.sentAt} is null and ${outbox.deadAt} is null`)
    .limit(COUNTED_MAX)
    .as('waiting');
  return db
    .select({ number: count(), since: min(waiting.createdAt) })
    .from(waiting)
    .prepare();
});

const deadMessages = statement((db) => {
  const dead = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(sql`${outbox.deadAt} is not null`)
    .limit(COUNTED_MAX)
    .as('dead');
  return db.select({ number: count() }).from(dead).prepare();
});

const livePayments = statement((db) => {
  const live = db
    .select({ startedAt: payments.startedAt })
    .from(payments)
    .where(sql`${payments.status} = 'live'`)
    .orderBy(payments.startedAt)
    .limit(COUNTED_MAX)
    .as('live');
  return db
    .select({ number: count(), since: min(live.startedAt) })
    .from(live)
    .prepare();
});

const quarantined = statement((db) => {
  const failed = db
    .select({ createdAt: idempotencyKeys.createdAt })
    .from(idempotencyKeys)
    .where(sql`${idempotencyKeys.processingState} = 'failed'`)
    .limit(COUNTED_MAX)
    .as('quarantined');
  return db.select({ number: count() }).from(failed).prepare();
});

/** How many, at most COUNTED_MAX, and since when the oldest of them; null for none. */
export interface Waiting {
  readonly number: number;
  readonly since: number | null;
}

/** What waits to be done, in numbers. */
export async function readBacklog(queries: Queries) {
  const none: Waiting = { number: 0, since: null };
  const [outboxWaiting = none] = await queries.query(waitingMessages, {});
  const [deadLetters] = await queries.query(deadMessages, {});
  const [liveAttempts = none] = await queries.query(livePayments, {});
  const [quarantinedKeys] = await queries.query(quarantined, {});
  return {
    outboxWaiting,
    deadLetters: deadLetters?.number ?? 0,
    liveAttempts,
    quarantinedKeys: quarantinedKeys?.number ?? 0,
  };
}

/** What the database takes on the disk, its write-ahead log apart; 0 for a file that is not there. */
export function databaseBytes(file: string): { readonly databaseBytes: number; readonly walBytes: number } {
  const bytesOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return { databaseBytes: bytesOf(file), walBytes: bytesOf(`${file}-wal`) };
}
