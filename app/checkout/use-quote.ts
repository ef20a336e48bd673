'use client';

import { useQuery } from '@tanstack/react-query';
import type { CartState } from '../cart/cart-store.ts';
import { client } from '../client.ts';

/** Subtotal, tax and total of the cart as it is saved; asked anew for each version of it. */
export function useQuote({ cartId, version, saving }: Pick<CartState, 'cartId' | 'version' | 'saving'>) {
  return useQuery({
    queryKey: ['quote', cartId, version],
    queryFn: ({ signal }) => client().shop.checkout.quote.query({ cartId }, { signal }),
    enabled: version !== null && saving !== 'saving',
  });
}
