import { type Cart, findCart, putCart as writeCart } from '#db/carts.ts';
import { listProducts } from '#db/catalog.ts';
import type { Database, Tx } from '#db/open.ts';
import { cartHold } from '#db/payments.ts';
import type { Clock } from '../clock.ts';
import { shopError } from '../errors.ts';
import type { CartPut } from './schema.ts';

export interface CartStorage {
  readonly database: Database;
  readonly clock: Clock;
}

/**
 * Replaces the cart with what was sent. Quantities are absolute, so the same request twice leaves the same cart: a
 * repeat does not even raise the version.
 */
export function putCart(principal: string, put: CartPut, { database, clock }: CartStorage): Promise<Cart> {
  const ref = { principal, cartId: put.cartId };
  return database.write(async (tx) => {
    await assertEditable(tx, ref);
    const now = await findCart(tx, ref);
    if (put.expectedVersion !== undefined && put.expectedVersion !== (now?.version ?? 0)) {
      throw shopError('version_mismatch', { extras: { version: now?.version ?? 0 } });
    }
    await assertOnShelf(tx, put);
    if (now && isSame(now, put)) return now;
    const version = (now?.version ?? 0) + 1;
    await writeCart(tx, ref, { version, lines: put.lines, updatedAt: clock() });
    return { cartId: put.cartId, version, lines: put.lines };
  });
}

/** While an attempt is live its cart stands still; once paid, it is an order. */
export async function assertEditable(tx: Tx, ref: { principal: string; cartId: string }): Promise<void> {
  const hold = await cartHold(tx, ref);
  switch (hold.kind) {
    case 'free':
      return;
    case 'live':
      throw shopError('payment_in_progress');
    case 'paid':
      throw shopError('already_ordered', { extras: { orderId: hold.orderId } });
  }
}

async function assertOnShelf(tx: Tx, { lines }: CartPut): Promise<void> {
  const shelf = new Set((await listProducts(tx)).map(({ sku }) => sku));
  const unknown = lines.find(({ sku }) => !shelf.has(sku));
  if (unknown) throw shopError('not_found', { extras: { sku: unknown.sku } });
}

function isSame(cart: Cart, { lines }: CartPut): boolean {
  return (
    cart.lines.length === lines.length &&
    cart.lines.every((line, at) => line.sku === lines[at]?.sku && line.quantity === lines[at]?.quantity)
  );
}
