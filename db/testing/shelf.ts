import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach } from 'vitest';
import { type Database, openDatabase } from '../open.ts';
import { products } from '../schema.ts';
import { seed } from '../seed.ts';

/** Takes one of a product from the shelf: the shortest write that means something. */
export const takeOne = statement((db, p: Placeholders<{ sku: string }>) =>
  db
    .update(products)
    .set({ stock: sql`${products.stock} - 1` })
    .where(eq(products.sku, p.sku))
    .prepare(),
);

const stockOf = statement((db, p: Placeholders<{ sku: string }>) =>
  db.select({ stock: products.stock }).from(products).where(eq(products.sku, p.sku)).prepare(),
);

/** A full shelf in a file of its own for each test. What it gives is that of the test that runs. */
export function freshShelf() {
  let folder: string;
  let database: Database;
  const fileIn = (place: string) => join(place, 'payonce.db');

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'payonce-db-'));
    database = openDatabase({ file: fileIn(folder) });
    await seed(database);
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  return {
    get file() {
      return fileIn(folder);
    },
    get database() {
      return database;
    },
    stock: async (sku: string) => (await database.reader.query(stockOf, { sku }))[0]?.stock,
  };
}
