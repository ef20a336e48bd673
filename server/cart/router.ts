import { findCart, removeCart } from '#db/carts.ts';
import { shopError } from '../errors.ts';
import { customerProcedure, router } from '../trpc.ts';
import { assertEditable, type CartStorage, putCart } from './put-cart.ts';
import { cartPut, cartRef } from './schema.ts';

export function cartRouter(storage: CartStorage) {
  const { database } = storage;
  return router({
    put: customerProcedure.input(cartPut).mutation(({ ctx, input }) => putCart(ctx.principal, input, storage)),

    get: customerProcedure.input(cartRef).query(async ({ ctx, input }) => {
      const cart = await findCart(database.reader, { principal: ctx.principal, cartId: input.cartId });
      if (!cart) throw shopError('not_found');
      return cart;
    }),

    /** Removing what is not there is what was asked for. */
    remove: customerProcedure.input(cartRef).mutation(async ({ ctx, input }) => {
      const ref = { principal: ctx.principal, cartId: input.cartId };
      await database.write(async (tx) => {
        await assertEditable(tx, ref);
        await removeCart(tx, ref);
      });
      return { cartId: input.cartId };
    }),
  });
}
