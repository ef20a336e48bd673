import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Queries, Tx } from './open.ts';
import { type Line, products } from './schema.ts';

export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly priceMinor: number;
  readonly currency: string;
  /** What nobody has reserved or bought yet. */
  readonly stock: number;
}

const shelf = statement((db) =>
  db
    .select({
      sku: products.sku,
      name: products.name,
      priceMinor: products.priceMinor,
      currency: products.currency,
      stock: products.stock,
    })
    .from(products)
    .orderBy(asc(products.position))
    .prepare(),
);

const takeStockOfOne = statement((db, p: Placeholders<{ sku: string; quantity: number }>) =>
  db
    .update(products)
    .set({ stock: sql`${products.stock} - ${p.quantity}` })
    .where(and(eq(products.sku, p.sku), gte(products.stock, p.quantity)))
    .returning({ sku: products.sku })
    .prepare(),
);

const giveStockOfOne = statement((db, p: Placeholders<{ sku: string; quantity: number }>) =>
  db
    .update(products)
    .set({ stock: sql`${products.stock} + ${p.quantity}` })
    .where(eq(products.sku, p.sku))
    .prepare(),
);

export async function listProducts(queries: Queries): Promise<readonly Product[]> {
  return queries.query(shelf, {});
}

export type StockTaken = { readonly taken: true } | { readonly taken: false; readonly sku: string };

/**
 * Takes every line, or none and says which one is short. In the order of the SKUs, so that two transactions on a
 * database with row locks cannot wait for each other.
 */
export async function takeStock(tx: Tx, lines: readonly Line[]): Promise<StockTaken> {
  const inOrder = lines.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  for (const [at, { sku, quantity }] of inOrder.entries()) {
    const taken = await tx.query(takeStockOfOne, { sku, quantity });
    if (taken.length > 0) continue;
    await giveStockBack(tx, inOrder.slice(0, at));
    return { taken: false, sku };
  }
  return { taken: true };
}

export async function giveStockBack(tx: Tx, lines: readonly Line[]): Promise<void> {
  for (const { sku, quantity } of lines) await tx.query(giveStockOfOne, { sku, quantity });
}
