import { createSqliteStore, type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { eq } from 'drizzle-orm';
import type { Database, Tx } from '../open.ts';
import { products } from '../schema.ts';

/** The shop's store as the contract wants it, with products for effects. */
export function storeOn(database: Database) {
  return {
    store: createSqliteStore<Tx>({ write: (job) => database.write(job), reader: database.reader }),
    async putEffect(tx: Tx, name: string, value: number) {
      await tx.query(putOnShelf, { sku: name, stock: value });
    },
    async effect(name: string) {
      return (await database.reader.query(stockOf, { sku: name }))[0]?.stock;
    },
  };
}

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
