'use client';

import { useQuery } from '@tanstack/react-query';
import { client } from '../client.ts';

/** What is on the shelf, with today's prices and stock. */
export function useProducts() {
  return useQuery({
    queryKey: ['catalog'],
    queryFn: ({ signal }) => client().shop.catalog.list.query(undefined, { signal }),
    select: (shelf) => shelf.items,
  });
}
