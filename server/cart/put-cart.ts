import { type Cart, findCart, lastVersion, putCart as writeCart } from '#db/carts.ts';
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

export interface CartChange extends Pick<CartPut, 'cartId' | 'lines'> {
  /** Whether the version that is there, 0 for none, is the one that the change was made for. Default: any is. */
  readonly isExpected?: ((version: number) => boolean) | undefined;
}

/**
 * Replaces the cart with what was sent. Quantities are absolute, so the same request twice leaves the same cart: a
 * repeat does not even raise the version.
 */
export function putCart(
  principal: string,
  { cartId, lines, isExpected }: CartChange,
  { database, clock }: CartStorage,
): Promise<{ readonly cart: Cart; readonly isNew: boolean }> {
  const ref = { principal, cartId };
  return database.write(async (tx) => {
    await assertEditable(tx, ref);
    const now = await findCart(tx, ref);
    if (now && isSame(now, lines) && isRepeat(now, isExpected)) return { cart: now, isNew: false };
    assertExpected(now, isExpected);
    await assertOnShelf(tx, lines);
    const cart = { version: (now?.version ?? (await lastVersion(tx, ref))) + 1, lines };
    await writeCart(tx, ref, { ...cart, updatedAt: clock() });
    return { cart: { cartId, ...cart }, isNew: now === undefined };
  });
}

/** A repeat names the version that its own first arrival has replaced, and that is no conflict (RFC 9110, 13.1.1). */
function isRepeat({ version }: Cart, isExpected: CartChange['isExpected']): boolean {
  return !isExpected || isExpected(version) || isExpected(version - 1);
}

export function assertExpected(now: Cart | undefined, isExpected: CartChange['isExpected']): void {
  const version = now?.version ?? 0;
  if (isExpected && !isExpected(version)) throw shopError('version_mismatch', { extras: { version } });
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

async function assertOnShelf(tx: Tx, lines: CartPut['lines']): Promise<void> {
  const shelf = new Set((await listProducts(tx)).map(({ sku }) => sku));
  const unknown = lines.find(({ sku }) => !shelf.has(sku));
  if (unknown) throw shopError('not_found', { extras: { sku: unknown.sku } });
}

function isSame(cart: Cart, lines: CartPut['lines']): boolean {
  return (
    cart.lines.length === lines.length &&
    cart.lines.every((line, at) => line.sku === lines[at]?.sku && line.quantity === lines[at]?.quantity)
  );
}
