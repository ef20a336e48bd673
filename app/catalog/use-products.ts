'use client';

import { useQuery } from '@tanstack/react-query';
import { client } from '../client.ts';
import type { Product } from '../trpc/shop-types.ts';

/** What is on the shelf, with today's prices and stock: at first what came with the page, if anything did. */
export function useProducts(shelf?: readonly Product[]) {
  return useQuery({
    queryKey: ['catalog'],
    queryFn: async ({ signal }) => (await client().shop.catalog.list.query(undefined, { signal })).items,
    ...(shelf && { initialData: shelf }),
    // Back brings the page with the shelf it came with, which must not pass for news because what came after is forgotten.
    gcTime: Number.POSITIVE_INFINITY,
  });
}
