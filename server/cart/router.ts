import { findCart } from '#db/carts.ts';
import { shopError } from '../errors.ts';
import { customerProcedure, router } from '../trpc.ts';
import { type CartStorage, putCart } from './put-cart.ts';
import { removeCart } from './remove-cart.ts';
import { cartPut, cartRef } from './schema.ts';

export function cartRouter(storage: CartStorage) {
  const { database } = storage;
  return router({
    put: customerProcedure.input(cartPut).mutation(async ({ ctx, input: { expectedVersion, ...put } }) => {
      const isExpected = expectedVersion === undefined ? undefined : (version: number) => version === expectedVersion;
      const { cart } = await putCart(ctx.principal, { ...put, isExpected }, storage);
      return cart;
    }),

    get: customerProcedure.input(cartRef).query(async ({ ctx, input }) => {
      const cart = await findCart(database.reader, { principal: ctx.principal, cartId: input.cartId });
      if (!cart) throw shopError('not_found');
      return cart;
    }),

    remove: customerProcedure.input(cartRef).mutation(async ({ ctx, input }) => {
      await removeCart(ctx.principal, input, storage);
      return { cartId: input.cartId };
    }),
  });
}
