import { z } from 'zod';
import { router } from '../trpc.ts';
import { demoProcedure } from './demo-procedure.ts';
import type { Happenings } from './happenings.ts';
import { type LedgerTools, ledgerOf } from './ledger.ts';
import { type ScenarioTools, scenarioRouter } from './scenario-router.ts';
import type { Look } from './snapshot.ts';
import { watch } from './watch.ts';
import type { Watches } from './watches.ts';

export interface BackstageTools extends LedgerTools, ScenarioTools {
  readonly look: (principal: string, whenMoreIsKnown: () => void) => Promise<Look>;
  readonly happenings: Happenings;
  readonly watches: Watches;
}

export function backstageRouter(tools: BackstageTools) {
  const { look, happenings, watches } = tools;
  return router({
    /** All that happened to this customer, or to one cart of theirs. */
    ledger: demoProcedure(tools.isDemo)
      .input(z.strictObject({ cartId: z.uuid().optional() }).optional())
      .query(({ ctx, input }) => ledgerOf(ctx.principal, input?.cartId, tools)),

    /** The same and more, whole at first and again whenever it changes, as server-sent events. */
    watch: demoProcedure(tools.isDemo).subscription(async function* ({ ctx, signal }) {
      const { principal, isNewCustomer } = ctx;
      const leave = watches.enter(principal);
      const ending = AbortSignal.any([watches.closing, ...(signal ? [signal] : [])]);
      try {
        const states = watch({
          principal,
          happenings,
          signal: ending,
          look: (whenMoreIsKnown) => look(principal, whenMoreIsKnown),
        });
        for await (const state of states) {
          yield state;
          // Who has no cookie yet will be somebody else at the next request: this stream would watch nobody.
          if (isNewCustomer) return;
        }
      } finally {
        leave();
      }
    }),

    scenario: scenarioRouter(tools),
  });
}
