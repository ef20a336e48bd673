import { deleteCart, putCart } from './carts.ts';
import type { Database } from './open.ts';

/** Nobody's cart: a customer is a random UUID. */
const PROBE = { principal: 'write-probe', cartId: 'write-probe' };

/**
 * Whether a write reaches the disk at this moment. The row is gone before the commit, so nobody ever sees it, but its
 * page goes through the log: an empty commit writes nothing, and would find a full disk in order.
 */
export async function takesWrites(database: Database): Promise<boolean> {
  try {
    await database.write(async (tx) => {
      await putCart(tx, PROBE, { version: 1, lines: [], updatedAt: 0 });
      await deleteCart(tx, PROBE);
    });
    return true;
  } catch {
    return false;
  }
}
