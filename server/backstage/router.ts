import { z } from 'zod';
import { router } from '../trpc.ts';
import { demoProcedure } from './demo-procedure.ts';
import { type LedgerTools, ledgerOf } from './ledger.ts';

export function backstageRouter(tools: LedgerTools & { readonly isDemo: boolean }) {
  return router({
    /** All that happened to this customer, or to one cart of theirs. */
    ledger: demoProcedure(tools.isDemo)
      .input(z.strictObject({ cartId: z.uuid().optional() }).optional())
      .query(({ ctx, input }) => ledgerOf(ctx.principal, input?.cartId, tools)),
  });
}
