import { initTRPC } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { z } from 'zod';
import { createEngine, defineOperation, refused, settled } from '../../index.ts';
import { createMemoryStore, type MemoryTransaction } from '../../memory-store.ts';
import { manualClock } from '../../testing/manual-clock.ts';
import { HASH_KEY } from '../../testing/workbench.ts';
import { type IdempotencyContext, idempotencyErrorData, idempotentPlugin } from '../../trpc/index.ts';

export type PaymentRouter = ReturnType<typeof paymentShop>['router'];

const PayInput = z.object({ amountMinor: z.number().int() });

/** The smallest shop with a payment behind a key, a payment without one, and something to read. */
export function paymentShop() {
  const executions: string[] = [];
  let refusals = 0;
  let held: Promise<void> = Promise.resolve();
  const engine = createEngine({ store: createMemoryStore(), hashKeys: [HASH_KEY], clock: manualClock() });
  const pay = defineOperation<MemoryTransaction, typeof PayInput, { paidMinor: number; payment: number }>({
    name: 'pay',
    version: 1,
    input: PayInput,
    async run({ amountMinor }, run) {
      executions.push('pay');
      await run.call('charge', () => held);
      return run.finish(async () => {
        if (amountMinor !== DECLINED_MINOR) return settled({ paidMinor: amountMinor, payment: executions.length });
        refusals += 1;
        return refused('card_declined', { declineCode: 'generic_decline' });
      });
    },
  });

  const t = initTRPC.context<IdempotencyContext>().create({
    errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, ...idempotencyErrorData(error) } }),
  });
  const idempotent = idempotentPlugin({ engine });
  const router = t.router({
    pay: t.procedure.concat(idempotent(pay)).mutation(({ ctx }) => ctx.answer()),
    payWithoutKey: t.procedure.input(PayInput).mutation(({ input }) => {
      executions.push('payWithoutKey');
      return { paidMinor: input.amountMinor, payment: executions.length };
    }),
    attemptNo: t.procedure.query(() => refusals + 1),
    price: t.procedure.query(() => ({ amountMinor: 2490 })),
  });

  const handle = (request: Request) =>
    fetchRequestHandler({
      endpoint: '',
      req: request,
      router,
      createContext: ({ req, resHeaders }) => ({
        tenant: 'shop',
        principal: 'ada',
        requestId: 'request-1',
        idempotencyKeyHeader: req.headers.get('idempotency-key'),
        responseHeaders: resHeaders,
      }),
    });
  return {
    router,
    handle,
    executions,
    holdPayments: (until: Promise<void>) => {
      held = until;
    },
  };
}

/** What a card that is declined is charged. */
export const DECLINED_MINOR = 2;
