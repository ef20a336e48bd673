import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type CartRef, findCart } from '#db/carts.ts';
import type { Database } from '#db/open.ts';
import { fillShelf } from '#db/seed.ts';
import { shopError } from '../errors.ts';
import { sessionCookie } from '../session.ts';
import { router } from '../trpc.ts';
import { demoProcedure } from './demo-procedure.ts';
import { type Crash, isSupervised } from './scenario-crash.ts';
import type { ScenarioWorld } from './scenario-world.ts';

export interface ScenarioTools {
  readonly isDemo: boolean;
  readonly database: Database;
  readonly sessionKeys: readonly Buffer[];
  readonly world: ScenarioWorld;
  readonly crash: Crash;
}

/** What the page of scenarios may arrange: for one cart of the customer who asks, once, and never for anybody else. */
export function scenarioRouter({ isDemo, database, sessionKeys, world, crash }: ScenarioTools) {
  const arranged = demoProcedure(isDemo);
  const assertOwn = async (cart: CartRef) => {
    if (!(await findCart(database.reader, cart))) throw shopError('not_found');
  };

  return router({
    /** Whether this visitor may kill the shop: from its own machine, and where somebody starts it again. */
    mayKill: arranged.query(({ ctx }) => ({ mayKill: ctx.isLocal && isSupervised() })),

    /** `calls` is how often the tax service fails for the cart; the shop itself asks it four times for one request. */
    taxDown: arranged
      .input(z.strictObject({ cartId: z.uuid(), calls: z.number().int().min(1).max(8) }))
      .mutation(async ({ ctx, input }) => {
        await assertOwn({ principal: ctx.principal, cartId: input.cartId });
        await world.taxDown(input.cartId, input.calls);
        return { arranged: true };
      }),

    slowBank: arranged.input(z.strictObject({ cartId: z.uuid() })).mutation(async ({ ctx, input }) => {
      await assertOwn({ principal: ctx.principal, cartId: input.cartId });
      await world.slowBank(input.cartId);
      return { arranged: true };
    }),

    /** The next payment of the cart is charged, and then the process that made it is killed. */
    killAfterCharge: arranged.input(z.strictObject({ cartId: z.uuid() })).mutation(async ({ ctx, input }) => {
      if (!ctx.isLocal || !isSupervised()) throw shopError('not_found');
      await assertOwn({ principal: ctx.principal, cartId: input.cartId });
      crash.crashAfterCharge(input.cartId);
      return { arranged: true };
    }),

    /** A delivery: what was sold out is there again. It only adds, so that nobody's purchase can fail by it. */
    restock: arranged.mutation(async () => {
      await fillShelf(database);
      return { arranged: true };
    }),

    /**
     * The demo as new for this visitor, who becomes another customer; the shelf is filled. Nothing is deleted: an order
     * that was charged stays an order, and a payment under way comes to its end.
     */
    startOver: arranged.mutation(async ({ ctx }) => {
      await fillShelf(database);
      ctx.responseHeaders.set('Set-Cookie', sessionCookie(randomUUID(), sessionKeys));
      return { arranged: true };
    }),
  });
}
