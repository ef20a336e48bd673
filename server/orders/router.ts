import type { idempotentPlugin } from '@payonce/trpc-idempotency/trpc';
import { z } from 'zod';
import type { Queries, Tx } from '#db/open.ts';
import { findOrder, listOrders } from '#db/orders.ts';
import { shopError } from '../errors.ts';
import { customerProcedure, router } from '../trpc.ts';
import type { RefundOperation } from './refund.ts';

export interface OrdersTools {
  readonly reader: Queries;
  readonly idempotent: ReturnType<typeof idempotentPlugin<Tx>>;
  readonly refund: RefundOperation;
}

export function ordersRouter({ reader, idempotent, refund }: OrdersTools) {
  return router({
    list: customerProcedure.query(async ({ ctx }) => ({ items: await listOrders(reader, ctx.principal) })),

    // Any text: an address that was cut off or mistyped names no order, and that is the answer to it.
    get: customerProcedure.input(z.strictObject({ orderId: z.string() })).query(async ({ ctx, input }) => {
      const order = await findOrder(reader, { principal: ctx.principal, orderId: input.orderId });
      if (!order) throw shopError('not_found');
      return order;
    }),

    refund: customerProcedure.concat(idempotent(refund)).mutation(({ ctx }) => ctx.answer()),
  });
}
