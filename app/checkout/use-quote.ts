'use client';

import { useQuery } from '@tanstack/react-query';
import type { CartState } from '../cart/cart-store.ts';
import { client } from '../client.ts';
import { reasonOf } from '../trpc/error-reason.ts';

/** Subtotal, tax and total of the cart as it is saved; asked anew for each version of it. */
export function useQuote({ cartId, version, saving }: Pick<CartState, 'cartId' | 'version' | 'saving'>) {
  return useQuery({
    queryKey: ['quote', cartId, version],
    queryFn: async ({ signal }) => {
      const ask = () => client().shop.checkout.quote.query({ cartId }, { signal });
      try {
        return await ask();
      } catch (error) {
        if (reasonOf(error) !== 'not_found') throw error;
        // The shop was reset since this browser saved its cart: saved again, it is the same cart.
        await client().cart.retry();
        return ask();
      }
    },
    enabled: version !== null && saving !== 'saving',
  });
}
