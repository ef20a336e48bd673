import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { sql } from 'drizzle-orm';
import type { Tx } from './open.ts';
import { intentStates, removedCarts, requestLog } from './schema.ts';

/** Rows from `before` and earlier, at most `limit` of each table in one transaction. */
export interface OldRows {
  readonly before: number;
  readonly limit: number;
}

const deleteStates = statement((db, p: Placeholders<OldRows>) =>
  db
    .delete(intentStates)
    .where(
      sql`rowid in (select rowid from ${intentStates} where ${intentStates.saidAt} <= ${p.before}
        order by ${intentStates.saidAt} limit ${p.limit})`,
    )
    .prepare(),
);

const deleteRequests = statement((db, p: Placeholders<OldRows>) =>
  db
    .delete(requestLog)
    .where(
      sql`rowid in (select rowid from ${requestLog} where ${requestLog.receivedAt} <= ${p.before}
        order by ${requestLog.receivedAt} limit ${p.limit})`,
    )
    .prepare(),
);

const deleteCarts = statement((db, p: Placeholders<OldRows>) =>
  db
    .delete(removedCarts)
    .where(
      sql`rowid in (select rowid from ${removedCarts} where ${removedCarts.removedAt} <= ${p.before}
        order by ${removedCarts.removedAt} limit ${p.limit})`,
    )
    .prepare(),
);

/** What was only heard or logged, and no order, payment or key is made of. @returns whether there may be more. */
export async function deleteOldRows(tx: Tx, old: OldRows): Promise<boolean> {
  const deleted = [
    await tx.query(deleteStates, old),
    await tx.query(deleteRequests, old),
    await tx.query(deleteCarts, old),
  ];
  return deleted.some(({ changes }) => changes === old.limit);
}
