import type { Shop } from '../trpc/create-shop.ts';
import { reasonOf } from '../trpc/error-reason.ts';
import type { CartLine, PutOutcome } from './cart-store.ts';

/** One save of the whole cart, and what the server said to it. Never rejects. */
export async function putCart(shop: Shop, cartId: string, lines: readonly CartLine[]): Promise<PutOutcome> {
  try {
    const saved = await shop.cart.put.mutate({ cartId, lines: [...lines] });
    return { kind: 'put', version: saved.version, lines: saved.lines };
  } catch (error) {
    switch (reasonOf(error)) {
      case 'payment_in_progress':
        return { kind: 'locked' };
      case 'already_ordered':
        return { kind: 'ordered' };
      default:
        return { kind: 'failed' };
    }
  }
}

export async function fetchCartLines(shop: Shop, cartId: string): Promise<readonly CartLine[] | null> {
  try {
    return (await shop.cart.get.query({ cartId })).lines;
  } catch {
    return null;
  }
}
