import { defineOperation, refused, settled } from '@payonce/trpc-idempotency';
import type { Database, Tx } from '#db/open.ts';
import { findPayment } from '#db/payments.ts';
import { FIRST_CONFIRM } from '#db/schema.ts';
import type { Clock } from '../clock.ts';
import type { PaymentProvider } from '../payments/provider.ts';
import type { TaxService } from '../tax/tax-service.ts';
import { recordPaid, recordRefused } from './finish.ts';
import { isPastWindow } from './forward-window.ts';
import { later, type PayRun } from './pay-run.ts';
import { prepare, quoteUnlessHeld } from './prepare.ts';
import { type Refusal, refusedFor } from './refusal.ts';
import { CartMovedError, quoteOf, refuseUnlessHeld, reserve } from './reserve.ts';
import { type PaidOrder, type PayInput, payInput } from './schema.ts';
import { settle } from './settle.ts';

export interface PayTools {
  readonly database: Database;
  readonly tax: TaxService;
  readonly provider: PaymentProvider;
  readonly clock: Clock;
  /** For what a person should look at: the provider holds something that this shop cannot explain. */
  readonly alarm: (message: string) => void;
}

export type PayOperation = ReturnType<typeof payOperation>;

/**
 * One Pay click, one charge.
 *
 *   claimed ─► quote ─► create ─► reserved ─► confirm ─► finished
 *              (tax)    (intent)  stock, quote  (money)  order, email and answer,
 *                                 and intent             in one commit
 *
 * Between two names stand foreign calls that carry keys of their own; each name is one transaction. A run that crashed is
 * carried on from the last name, and what the provider did meanwhile is looked up and not repeated.
 */
export function payOperation(tools: PayTools) {
  return defineOperation<Tx, typeof payInput, PaidOrder>({
    name: 'checkout.pay',
    version: 1,
    input: payInput,
    // Until then the tax is asked, and an intent made that nobody confirms: neither costs anybody anything.
    durableFrom: 'reserved',

    async run(input, run) {
      const isTooLate = () => isPastWindow(run, tools.clock);
      // Whatever holds the cart, as its key is not to be begun anew. What decides about money asks before each confirm.
      if (!run.resumed && isTooLate()) return run.finish(async () => refused('payment_expired'));

      const reserved = await reservedPhase(input, run, tools);
      if (reserved.kind !== 'proceed') return reserved;
      const { attemptId } = reserved.data;
      // Only a run that is carried on can find the number raised.
      const { intentId, confirmNumber } = run.resumed
        ? await findPayment(tools.database.reader, attemptId)
        : { ...reserved.data, confirmNumber: FIRST_CONFIRM };
      // Reserved by a version that made the intent afterwards, and did not come to confirm it.
      if (intentId === null) return refuse(attemptId, { reason: 'payment_expired' }, { run, tools });

      const settlement = await settle({
        run,
        provider: tools.provider,
        intentId,
        expected: reserved.data,
        confirmNumber,
        isTooLate,
      });
      switch (settlement.kind) {
        case 'captured':
          return run.finish(async (tx) =>
            settled(await recordPaid(tx, { ...settlement, attemptId, at: tools.clock() })),
          );
        case 'refused':
          return refuse(attemptId, settlement.refusal, { run, tools });
        case 'unavailable':
          tools.alarm(`the payment provider refuses our credentials (attempt ${attemptId})`);
          return later('payment_provider_unavailable');
        case 'unknown':
          if (settlement.alarm !== null) tools.alarm(`${settlement.alarm} (attempt ${attemptId})`);
          return later('payment_outcome_unknown');
      }
    },
  });
}

/** The last commit before money moves: stock and quote are the customer's from here on, and the intent is known. */
async function reservedPhase(input: PayInput, run: PayRun, tools: PayTools) {
  // A run that is carried on has its intent, its quote and its stock: none of them may change under the customer.
  const prepared = run.resumed ? undefined : await prepare(input, run, tools);
  if (prepared?.kind === 'rejected' || prepared?.kind === 'unfinished') return prepared;
  const cart = { principal: run.principal, cartId: input.cartId };
  try {
    return await run.phase('reserved', async (tx) => {
      if (!prepared) throw new Error('a resumed payment has reserved already');
      return prepared.kind === 'refused' ? refuseUnlessHeld(tx, cart, prepared) : reserve(tx, prepared.payment);
    });
  } catch (error) {
    if (!(error instanceof CartMovedError)) throw error;
    const quoted = await quoteUnlessHeld(cart, run, tools);
    if (quoted.kind !== 'quoted') return quoted;
    const refusal = refused('total_changed', { quote: quoteOf(quoted.quote) });
    // Another name, as a phase is entered once. It never proceeds, so it is no recovery point.
    return run.phase('cart_moved', (tx) => refuseUnlessHeld(tx, cart, refusal));
  }
}

function refuse(attemptId: string, refusal: Refusal, { run, tools }: { run: PayRun; tools: PayTools }) {
  return run.finish(async (tx) => {
    await recordRefused(tx, { attemptId, at: tools.clock() });
    return refusedFor(refusal);
  });
}
