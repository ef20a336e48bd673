import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * What the provider last said of an intent by itself. It is kept for a person who looks and decides nothing: an event
 * makes the completer look, and an order is written from what the provider answers then. The intent may be told of
 * before we know that it is ours.
 */
export const intentStates = sqliteTable(
  'intent_states',
  {
    intentId: text('intent_id').primaryKey().notNull(),
    status: text('status').notNull(),
    /** When it came to be so, by the provider's clock. */
    saidAt: integer('said_at').notNull(),
  },
  (table) => [index('intent_states_by_age').on(table.saidAt)],
);
