import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore, type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { storeContract } from '@payonce/trpc-idempotency/testing';
import { eq } from 'drizzle-orm';
import { describe, it } from 'vitest';
import { openDatabase, type Tx } from './open.ts';
import { products } from './schema.ts';

/** A product stands for an effect: its stock is the number that is put under a name. */
const putOnShelf = statement((db, p: Placeholders<{ sku: string; stock: number }>) =>
  db
    .insert(products)
    .values({ sku: p.sku, name: 'An effect', priceMinor: 1, currency: 'eur', stock: p.stock, position: 1 })
    .prepare(),
);
const stockOf = statement((db, p: Placeholders<{ sku: string }>) =>
  db.select({ stock: products.stock }).from(products).where(eq(products.sku, p.sku)).prepare(),
);

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'payonce-store-'));
  const database = openDatabase({ file: join(folder, 'payonce.db') });
  return {
    store: createSqliteStore<Tx>({ write: (job) => database.write(job), reader: database.reader }),
    async putEffect(tx: Tx, name: string, value: number) {
      await tx.query(putOnShelf, { sku: name, stock: value });
    },
    async effect(name: string) {
      return (await database.reader.query(stockOf, { sku: name }))[0]?.stock;
    },
    async close() {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

describe("the shop's own database, with shared commits and migrations as they run", () => {
  storeContract({ describe, it, open });
});
