import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, eq } from 'drizzle-orm';
import type { Queries, Tx } from './open.ts';
import { carts, type Line } from './schema.ts';

export interface CartRef {
  readonly principal: string;
  readonly cartId: string;
}

export interface Cart {
  readonly cartId: string;
  readonly version: number;
  readonly lines: readonly Line[];
}

const byRef = statement((db, p: Placeholders<CartRef>) =>
  db
    .select({ cartId: carts.cartId, version: carts.version, lines: carts.lines })
    .from(carts)
    .where(and(eq(carts.principal, p.principal), eq(carts.cartId, p.cartId)))
    .prepare(),
);

const insert = statement(
  (db, p: Placeholders<CartRef & { version: number; lines: readonly Line[]; updatedAt: number }>) =>
    db
      .insert(carts)
      .values({
        principal: p.principal,
        cartId: p.cartId,
        version: p.version,
        lines: p.lines,
        updatedAt: p.updatedAt,
      })
      .prepare(),
);

const remove = statement((db, p: Placeholders<CartRef>) =>
  db
    .delete(carts)
    .where(and(eq(carts.principal, p.principal), eq(carts.cartId, p.cartId)))
    .prepare(),
);

export async function findCart(queries: Queries, ref: CartRef): Promise<Cart | undefined> {
  return (await queries.query(byRef, ref))[0];
}

/** Replaces the whole cart; the version is the caller's to raise. */
export async function putCart(tx: Tx, ref: CartRef, cart: Omit<Cart, 'cartId'> & { updatedAt: number }): Promise<void> {
  await tx.query(remove, ref);
  await tx.query(insert, { ...ref, ...cart });
}

export async function removeCart(tx: Tx, ref: CartRef): Promise<void> {
  await tx.query(remove, ref);
}
