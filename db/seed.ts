import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database } from './open.ts';
import { products } from './schema.ts';

/** One of the first product costs €24.90 with 20 % tax. The last one is there once, for two buyers to race for. */
const SHELF = [
  { sku: 'field-notes', name: 'Field Notes', priceMinor: 2075, stock: 200 },
  { sku: 'pour-over', name: 'Pour-Over Set', priceMinor: 3400, stock: 60 },
  { sku: 'enamel-mug', name: 'Enamel Mug', priceMinor: 1450, stock: 120 },
  { sku: 'trail-bottle', name: 'Trail Bottle', priceMinor: 2800, stock: 80 },
  { sku: 'brass-pen', name: 'Brass Pen', priceMinor: 4200, stock: 40 },
  { sku: 'desk-lamp', name: 'Desk Lamp', priceMinor: 6900, stock: 30 },
  { sku: 'wool-blanket', name: 'Wool Blanket', priceMinor: 8900, stock: 20 },
  { sku: 'last-print', name: 'Last Print', priceMinor: 5500, stock: 1 },
] as const;

const putOnShelf = statement(
  (
    db,
    p: Placeholders<{
      sku: string;
      name: string;
      priceMinor: number;
      currency: string;
      stock: number;
      position: number;
    }>,
  ) =>
    db
      .insert(products)
      .values({
        sku: p.sku,
        name: p.name,
        priceMinor: p.priceMinor,
        currency: p.currency,
        stock: p.stock,
        position: p.position,
      })
      .onConflictDoNothing()
      .prepare(),
);

/** How many of each there were before anybody bought one. */
export const STOCK_AT_FIRST: ReadonlyMap<string, number> = new Map(SHELF.map(({ sku, stock }) => [sku, stock]));

const deliver = statement((db, p: Placeholders<{ sku: string; stock: number }>) =>
  db
    .update(products)
    .set({ stock: sql`${p.stock}`, delivered: sql`${products.delivered} + ${p.stock} - ${products.stock}` })
    .where(and(eq(products.sku, p.sku), lt(products.stock, p.stock)))
    .prepare(),
);

/** A delivery: of each thing as many as at the opening, where there are fewer. It takes nothing away. */
export async function fillShelf(database: Database): Promise<void> {
  await database.write(async (tx) => {
    for (const { sku, stock } of SHELF) await tx.query(deliver, { sku, stock });
  });
}

/** Fills an empty shelf. What is there already keeps its stock, so that every start may call it. */
export async function seed(database: Database): Promise<void> {
  await database.write(async (tx) => {
    for (const [position, product] of SHELF.entries()) {
      await tx.query(putOnShelf, { ...product, currency: 'eur', position });
    }
  });
}
