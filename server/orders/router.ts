import { z } from 'zod';
import type { Queries } from '#db/open.ts';
import { findOrder, listOrders } from '#db/orders.ts';
import { shopError } from '../errors.ts';
import { customerProcedure, router } from '../trpc.ts';

export function ordersRouter({ reader }: { readonly reader: Queries }) {
  return router({
    list: customerProcedure.query(async ({ ctx }) => ({ items: await listOrders(reader, ctx.principal) })),

    get: customerProcedure.input(z.strictObject({ orderId: z.uuid() })).query(async ({ ctx, input }) => {
      const order = await findOrder(reader, { principal: ctx.principal, orderId: input.orderId });
      if (!order) throw shopError('not_found');
      return order;
    }),
  });
}
