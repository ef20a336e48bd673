import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Which of several processes does the work that one is enough for, and until when it has it. */
export const leaderLeases = sqliteTable('leader_leases', {
  duty: text('duty').primaryKey().notNull(),
  holder: text('holder').notNull(),
  expiresAt: integer('expires_at').notNull(),
});
