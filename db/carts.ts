import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, eq, sql } from 'drizzle-orm';
import type { Queries, Tx } from './open.ts';
import { carts, type Line, removedCarts } from './schema.ts';

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

const versionOfRemoved = statement((db, p: Placeholders<CartRef>) =>
  db
    .select({ version: removedCarts.version })
    .from(removedCarts)
    .where(and(eq(removedCarts.principal, p.principal), eq(removedCarts.cartId, p.cartId)))
    .prepare(),
);

const remember = statement((db, p: Placeholders<CartRef & { version: number; removedAt: number }>) =>
  db
    .insert(removedCarts)
    .values({ principal: p.principal, cartId: p.cartId, version: p.version, removedAt: p.removedAt })
    .onConflictDoUpdate({
      target: [removedCarts.principal, removedCarts.cartId],
      set: { version: sql`excluded.version`, removedAt: sql`excluded.removed_at` },
    })
    .prepare(),
);

export async function findCart(queries: Queries, ref: CartRef): Promise<Cart | undefined> {
  return (await queries.query(byRef, ref))[0];
}

/** The last version of a cart that is not there; 0 when there never was one. */
export async function lastVersion(queries: Queries, ref: CartRef): Promise<number> {
  return (await queries.query(versionOfRemoved, ref))[0]?.version ?? 0;
}

/** Replaces the whole cart; the version is the caller's to raise. */
export async function putCart(tx: Tx, ref: CartRef, cart: Omit<Cart, 'cartId'> & { updatedAt: number }): Promise<void> {
  await tx.query(remove, ref);
  await tx.query(insert, { ...ref, ...cart });
}

/** Its version is remembered, and nothing else of it. */
export async function removeCart(tx: Tx, cart: CartRef & { version: number; removedAt: number }): Promise<void> {
  await deleteCart(tx, cart);
  await tx.query(remember, cart);
}

/** As if it had never been put. */
export async function deleteCart(tx: Tx, { principal, cartId }: CartRef): Promise<void> {
  await tx.query(remove, { principal, cartId });
}
