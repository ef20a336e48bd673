import { idempotencyKeys as keys, type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Queries } from './open.ts';
import { payments } from './schema.ts';

/** The state is written out and not bound, so that the partial index of such keys serves. */
const select = statement((db, p: Placeholders<{ createdBefore: number; limit: number }>) =>
  db
    .select({
      tenant: keys.tenant,
      principal: keys.principal,
      operation: keys.operation,
      key: keys.key,
      attemptId: payments.attemptId,
      cartId: payments.cartId,
      amountMinor: payments.totalMinor,
      currency: payments.currency,
    })
    .from(keys)
    .leftJoin(payments, and(eq(payments.principal, keys.principal), eq(payments.idempotencyKey, keys.key)))
    .where(sql`${keys.processingState} = 'failed' and ${keys.createdAt} <= ${p.createdBefore}`)
    .orderBy(asc(keys.createdAt))
    .limit(p.limit)
    .prepare(),
);

export type QuarantinedKey = Awaited<ReturnType<typeof quarantinedKeys>>[number];

/** Keys that crashed too often, the oldest first, with the payment that was begun under each, if one was. */
export async function quarantinedKeys(
  queries: Queries,
  search: { readonly createdBefore: number; readonly limit: number },
) {
  return queries.query(select, search);
}
