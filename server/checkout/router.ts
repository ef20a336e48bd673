import type { idempotentPlugin } from '@payonce/trpc-idempotency/trpc';
import type { Tx } from '#db/open.ts';
import { demoProcedure } from '../backstage/demo-procedure.ts';
import { loggedProcedure } from '../backstage/logged-procedure.ts';
import type { RequestLog } from '../backstage/request-log.ts';
import { cartRef } from '../cart/schema.ts';
import { customerProcedure, router } from '../trpc.ts';
import type { PayOperation, PayTools } from './pay.ts';
import { payUnprotected } from './pay-unprotected.ts';
import { quoteOrThrow } from './quote-cart.ts';
import { quoteOf } from './reserve.ts';
import { keyInput, payInput } from './schema.ts';
import { paymentStatus, type StatusTools } from './status.ts';

export interface CheckoutTools extends PayTools, StatusTools {
  readonly idempotent: ReturnType<typeof idempotentPlugin<Tx>>;
  readonly requestLog: RequestLog;
  readonly isDemo: boolean;
  readonly pay: PayOperation;
}

export function checkoutRouter(tools: CheckoutTools) {
  const { idempotent, requestLog, isDemo, pay } = tools;
  return router({
    quote: customerProcedure
      .input(cartRef)
      .query(async ({ ctx, input }) =>
        quoteOf((await quoteOrThrow({ principal: ctx.principal, cartId: input.cartId }, tools)).quote),
      ),

    pay: loggedProcedure(requestLog)
      .concat(idempotent(pay))
      .mutation(({ ctx }) => ctx.answer()),

    payUnprotected: demoProcedure(isDemo)
      .concat(loggedProcedure(requestLog))
      .input(payInput)
      .mutation(({ ctx, input }) => payUnprotected(ctx.principal, input, tools)),

    status: customerProcedure
      .input(keyInput)
      .query(({ ctx, input }) => paymentStatus(ctx.principal, input.idempotencyKey, tools)),
  });
}
