import { listProducts } from '#db/catalog.ts';
import type { Queries } from '#db/open.ts';
import { customerProcedure, router } from '../trpc.ts';

export function catalogRouter({ reader }: { readonly reader: Queries }) {
  return router({
    list: customerProcedure.query(async () => ({ items: await listProducts(reader) })),
  });
}
