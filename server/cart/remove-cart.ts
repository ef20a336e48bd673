import { findCart, removeCart as takeAway } from '#db/carts.ts';
import { assertEditable, assertExpected, type CartChange, type CartStorage } from './put-cart.ts';

/** Removing what is not there is what was asked for: however often, the cart is gone. */
export function removeCart(
  principal: string,
  { cartId, isExpected }: Omit<CartChange, 'lines'>,
  { database, clock }: CartStorage,
): Promise<void> {
  const ref = { principal, cartId };
  return database.write(async (tx) => {
    await assertEditable(tx, ref);
    const now = await findCart(tx, ref);
    if (!now) return;
    assertExpected(now, isExpected);
    await takeAway(tx, { ...ref, version: now.version, removedAt: clock() });
  });
}
