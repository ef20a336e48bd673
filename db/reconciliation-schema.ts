import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * This shop on the provider's account; one row. The name is random and lives with the orders it speaks of: a second
 * database on the same account is another shop, and neither gives back what was paid in the other.
 */
export const instance = sqliteTable(
  'instance',
  {
    id: integer('id').primaryKey(),
    name: text('name').notNull(),
    /** Up to when the provider's charges have been compared, by the provider's clock. */
    chargesComparedUntil: integer('charges_compared_until').notNull(),
    /** The same for intents that were never charged. */
    intentsComparedUntil: integer('intents_compared_until').notNull(),
  },
  (table) => [check('instance_one_row', sql`${table.id} = 1`)],
);

/**
 * Where the provider's books and ours differed, and what was done about it. A refund is written down before it is asked
 * for, so that whoever comes after a crash asks for the same one.
 *
 *   waiting ──► adopted            its payment came to its end and the charge is the order's
 *      ├──────► refund_intended ──► refunded
 *      └──────► cancelled          an intent that nobody will confirm
 */
export const reconciliations = sqliteTable(
  'reconciliations',
  {
    /** The provider's id of the charge or the intent, or a hash of the key that was put aside. */
    subjectId: text('subject_id').primaryKey().notNull(),
    found: text('found', {
      enum: ['unfinished', 'no_order', 'second_capture', 'spare_intent', 'quarantined_key'],
    }).notNull(),
    done: text('done', { enum: ['waiting', 'refund_intended', 'adopted', 'refunded', 'cancelled'] }).notNull(),
    /** As the provider remembers it. The attempt may be unknown to us, in a database that was restored. */
    attemptId: text('attempt_id'),
    cartId: text('cart_id'),
    /** The customer's public name. */
    customer: text('customer'),
    amountMinor: integer('amount_minor').notNull(),
    currency: text('currency').notNull(),
    refundId: text('refund_id').unique(),
    /** Why it is not done yet, when somebody has to look at it. */
    failure: text('failure'),
    foundAt: integer('found_at').notNull(),
    /** Open findings take turns by it. */
    lookedAt: integer('looked_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    index('reconciliations_open').on(table.lookedAt).where(sql`${table.endedAt} is null`),
    index('reconciliations_by_customer').on(table.customer, table.foundAt),
    check('reconciliations_refund_named', sql`(${table.done} = 'refunded') = (${table.refundId} is not null)`),
    check(
      'reconciliations_ended_iff_done',
      sql`(${table.done} in ('waiting', 'refund_intended')) = (${table.endedAt} is null)`,
    ),
  ],
);
