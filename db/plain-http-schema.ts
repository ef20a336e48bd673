import { sql } from 'drizzle-orm';
import { check, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * A number under a name that the customer chose. It is here to be changed in both ways: set, which can be repeated, and
 * raised by one, which cannot.
 */
export const counters = sqliteTable(
  'counters',
  {
    principal: text('principal').notNull(),
    counterId: text('counter_id').notNull(),
    value: integer('value').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.principal, table.counterId] }),
    check('counters_value_not_negative', sql`${table.value} >= 0`),
  ],
);

/**
 * An invoice has its number from the client, who may then put it as often as it likes, or from us, in sequence and
 * without gaps. Ours is a draft until the tax service has spoken, and is issued once.
 */
export const invoices = sqliteTable(
  'invoices',
  {
    principal: text('principal').notNull(),
    number: text('number').notNull(),
    /** Where it stands among the numbers that we gave this customer; null for one of the client's. */
    sequence: integer('sequence'),
    /** `recorded`: as the client put it, whose amount we take as it is. */
    status: text('status', { enum: ['recorded', 'draft', 'issued'] }).notNull(),
    customer: text('customer').notNull(),
    amountMinor: integer('amount_minor').notNull(),
    taxMinor: integer('tax_minor'),
    currency: text('currency').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.principal, table.number] }),
    uniqueIndex('invoices_in_sequence').on(table.principal, table.sequence),
    check('invoices_amount_positive', sql`${table.amountMinor} > 0`),
    check('invoices_ours_iff_in_sequence', sql`(${table.status} = 'recorded') = (${table.sequence} is null)`),
    check('invoices_taxed_iff_issued', sql`(${table.status} = 'issued') = (${table.taxMinor} is not null)`),
  ],
);
