import { asc, sql } from 'drizzle-orm';
import type { UnixMs } from '../record.ts';
import { type Placeholders, statement } from './statement.ts';
import { idempotencyKeys as keys } from './tables.ts';

interface Search {
  /** A JSON list of names: one prepared statement serves lists of any length. */
  readonly operations: string;
  readonly now: UnixMs;
  readonly leaseEndMax: UnixMs;
  readonly limit: number;
}

/**
 * The state is written out and not bound, or SQLite could not know that the partial index of pending keys serves: it
 * holds what is under way and nothing else, however many answers are kept. For the same reason no state is bound in any
 * statement: with each value it is given, SQLite would plan it anew to see whether the index serves, at ten times the
 * cost of running it.
 */
export const selectAbandoned = statement((db, p: Placeholders<Search>) =>
  db
    .select()
    .from(keys)
    .where(
      sql`${keys.processingState} = 'pending'
        AND (${freeAt} <= ${p.now} OR ${keys.leaseExpiresAt} > ${p.leaseEndMax})
        AND ${keys.operation} IN (SELECT value FROM json_each(${p.operations}))`,
    )
    .orderBy(asc(freeAt))
    .limit(p.limit)
    .prepare(),
);

/** As above, the state is written out for the sake of the partial index of answers by expiry. */
export const deleteExpired = statement((db, p: Placeholders<{ now: UnixMs; limit: number }>) =>
  db
    .delete(keys)
    .where(
      sql`rowid IN (
        SELECT rowid FROM ${keys}
        WHERE ${keys.processingState} = 'completed' AND ${keys.expiresAt} <= ${p.now}
        ORDER BY ${keys.expiresAt} LIMIT ${p.limit})`,
    )
    .prepare(),
);

/** When a run's lease ends, or when the key may be carried on after it was given back. */
const freeAt = sql`coalesce(${keys.leaseExpiresAt}, ${keys.resumeAt}, ${keys.createdAt})`;
