import { eq } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { StoreUnderTest } from '../testing/index.ts';
import type { KeyFile } from './key-file.ts';
import { type Placeholders, type Queries, statement } from './statement.ts';
import { createSqliteStore } from './store.ts';

/** The store with a table of the host's beside it, whose rows are committed together with the answers. */
export function withEffects(database: KeyFile): StoreUnderTest<Queries> {
  database.raw.exec('CREATE TABLE IF NOT EXISTS effects (name TEXT PRIMARY KEY, value INTEGER NOT NULL)');
  return {
    store: createSqliteStore(database),
    async putEffect(tx, name, value) {
      await tx.query(putEffect, { name, value });
    },
    async effect(name) {
      const [row] = await database.reader.query(selectEffect, { name });
      return row?.value;
    },
    close: async () => database.close(),
  };
}

const effects = sqliteTable('effects', { name: text('name').primaryKey(), value: integer('value').notNull() });

const putEffect = statement((db, p: Placeholders<{ name: string; value: number }>) =>
  db.insert(effects).values({ name: p.name, value: p.value }).prepare(),
);

const selectEffect = statement((db, p: Placeholders<{ name: string }>) =>
  db.select({ value: effects.value }).from(effects).where(eq(effects.name, p.name)).prepare(),
);
