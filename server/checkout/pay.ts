import { randomUUID } from 'node:crypto';
import { defineOperation, proceed, type Run, refused, rejected, settled, unfinished } from '@payonce/trpc-idempotency';
import type { Database, Tx } from '#db/open.ts';
import { findPayment, rememberIntent } from '#db/payments.ts';
import type { Clock } from '../clock.ts';
import { errors } from '../errors.ts';
import { declineExtras } from '../payments/intent.ts';
import type { PaymentProvider } from '../payments/provider.ts';
import { publicCustomerId } from '../session.ts';
import type { TaxService } from '../tax/tax-service.ts';
import { recordPaid, recordRefused } from './finish.ts';
import { quoteCart } from './quote-cart.ts';
import { rejectionOf, reserve } from './reserve.ts';
import { type PaidOrder, type PayInput, payInput } from './schema.ts';
import { type Refusal, settle } from './settle.ts';

export interface PayTools {
  readonly database: Database;
  readonly tax: TaxService;
  readonly provider: PaymentProvider;
  readonly clock: Clock;
  /** For what a person should look at: the provider holds something that this shop cannot explain. */
  readonly alarm: (message: string) => void;
}

/**
 * How long after its click a payment may still be begun without surprising the customer. Longer than the client
 * tries (60 s) and shorter than the provider remembers its keys (24 h).
 */
export const FORWARD_WINDOW_MS = 15 * 60 * 1000;

type PayRun = Run<Tx, PaidOrder>;
type Payment = Awaited<ReturnType<typeof findPayment>>;

export type PayOperation = ReturnType<typeof payOperation>;

/**
 * One Pay click, one charge.
 *
 *   claimed ─► quote ─► reserved ─► create ─► intent_created ─► confirm ─► finished
 *              (tax)    stock and              the intent's      (money)   order, email and answer,
 *                       quote fixed            id remembered               in one commit
 *
 * Between two names stands a transaction; between two transactions a foreign call that carries a key of its own. A run
 * that crashed is carried on from the last name, and what the provider did meanwhile is looked up and not repeated.
 */
export function payOperation(tools: PayTools) {
  return defineOperation<Tx, typeof payInput, PaidOrder>({
    name: 'checkout.pay',
    version: 1,
    input: payInput,
    // Until then the tax is asked, and an intent made that nobody confirms: neither costs anybody anything.
    durableFrom: 'intent_created',

    async run(input, run) {
      const reserved = await reservedPhase(input, run, tools);
      if (reserved.kind !== 'proceed') return reserved;
      const { attemptId } = reserved.data;
      const payment = await findPayment(tools.database.reader, attemptId);

      const created = await intentCreatedPhase(payment, run, tools);
      if (created.kind !== 'proceed') return created;

      const settlement = await settle({
        run,
        provider: tools.provider,
        intentId: created.data.intentId,
        expected: reserved.data,
        confirmNumber: payment.confirmNumber,
        isTooLate: isTooLate(run, tools),
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

async function reservedPhase(input: PayInput, run: PayRun, { database, tax, clock }: PayTools) {
  const cart = { principal: run.principal, cartId: input.cartId };
  // A run that is carried on has its quote and its stock: neither may change under the customer.
  const quoted = run.resumed
    ? undefined
    : await run.call('quote', () => quoteCart(cart, { reader: database.reader, tax }));
  if (quoted?.kind === 'not-found') return rejected('not_found');
  if (quoted?.kind === 'empty') return rejected('cart_empty');
  if (quoted?.kind === 'tax-unavailable') return unfinished('tax_unavailable', quoted.retryAfterMs);
  return run.phase('reserved', async (tx) => {
    if (!quoted) throw new Error('a resumed payment has reserved already');
    if (isTooLate(run, { clock })) return refused('payment_expired');
    const busy = await rejectionOf(tx, cart);
    if (busy) return busy;
    const { quote, cartVersion } = quoted;
    const { paymentMethod, email } = input;
    const attempt = { attemptId: randomUUID(), idempotencyKey: run.idempotencyKey, isProtected: true };
    return reserve(tx, {
      payment: { ...attempt, ...cart, ...quote, cartVersion, paymentMethod, email, startedAt: run.startedAt },
      expectedTotalMinor: input.expectedTotalMinor,
      expectedCartVersion: input.cartVersion,
    });
  });
}

/** The intent with its payment method, not confirmed. A second one that a lost answer leaves behind costs nothing. */
async function intentCreatedPhase(payment: Payment, run: PayRun, tools: PayTools) {
  const { attemptId } = payment;
  // Known from an earlier run, whose `intent_created` it was committed with.
  if (payment.intentId !== null) return proceed({ intentId: payment.intentId });
  if (isTooLate(run, tools)) return refuse(attemptId, { reason: 'payment_expired' }, { run, tools });

  const create = (key: string) =>
    tools.provider.create({
      key,
      attemptId,
      cartId: payment.cartId,
      mode: 'protected',
      amountMinor: payment.totalMinor,
      currency: payment.currency,
      paymentMethod: payment.paymentMethod,
      email: payment.email,
      customer: publicCustomerId(run.principal),
    });
  let answer = await run.call('create', () => create(`${attemptId}:create`));
  // The 5xx may be stored under its key and would be replayed for ever; what it left behind is never confirmed.
  if (answer.kind === 'server-error') {
    answer = await run.call('create', () => create(`${attemptId}:create:${randomUUID()}`));
  }
  switch (answer.kind) {
    case 'intent': {
      const { intentId } = answer.intent;
      return run.phase('intent_created', async (tx) => {
        await rememberIntent(tx, { attemptId, intentId });
        return proceed({ intentId });
      });
    }
    case 'declined':
      return refuse(attemptId, { reason: 'card_declined', decline: answer.decline }, { run, tools });
    case 'method-invalid':
      return refuse(attemptId, { reason: 'payment_method_invalid' }, { run, tools });
    case 'credentials-refused':
      tools.alarm(`the payment provider refuses our credentials (attempt ${attemptId})`);
      return later('payment_provider_unavailable');
    case 'server-error':
    case 'missing':
    case 'no-word':
      return later('payment_provider_unavailable');
  }
}

function refuse(attemptId: string, refusal: Refusal, { run, tools }: { run: PayRun; tools: PayTools }) {
  return run.finish(async (tx) => {
    await recordRefused(tx, { attemptId, at: tools.clock() });
    return refused(refusal.reason, refusal.reason === 'card_declined' ? declineExtras(refusal.decline) : {});
  });
}

function isTooLate(run: PayRun, { clock }: Pick<PayTools, 'clock'>): boolean {
  return clock() - run.startedAt > FORWARD_WINDOW_MS;
}

function later(reason: 'payment_provider_unavailable' | 'payment_outcome_unknown') {
  return unfinished(reason, errors[reason].retryAfterMs);
}
