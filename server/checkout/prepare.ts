import { randomUUID } from 'node:crypto';
import { type Refused, type Rejected, rejected, type Unfinished, unfinished } from '@payonce/trpc-idempotency';
import type { CartRef } from '#db/carts.ts';
import { findCartToPay } from '#db/payments.ts';
import { publicCustomerId } from '../session.ts';
import type { PayTools } from './pay.ts';
import { later, type PayRun } from './pay-run.ts';
import { type Quote, quoteCart } from './quote-cart.ts';
import { refusalOf, refusedFor } from './refusal.ts';
import { type PaymentWithIntent, rejectionOf, ruledOut } from './reserve.ts';
import type { PayInput } from './schema.ts';

/** What there is to reserve, or why not. A refusal is not stored yet: the transaction that would reserve does that. */
export type Prepared =
  | { readonly kind: 'prepared'; readonly payment: PaymentWithIntent }
  | Refused
  | Rejected
  | Unfinished;

/**
 * All that is asked outside before anything is taken: the tax, and an intent with its payment method that nobody has
 * confirmed. It is made last, and not for a cart that cannot be paid. One that a crash or a lost answer leaves behind
 * costs nothing and is cancelled by the reconciler; the next run has an attempt of its own, and so another intent.
 */
export async function prepare(input: PayInput, run: PayRun, tools: PayTools): Promise<Prepared> {
  const cart = { principal: run.principal, cartId: input.cartId };
  const quote = await quoteUnlessHeld(cart, run, tools);
  if (quote.kind !== 'quoted') return quote;
  return ruledOut(quote, input) ?? withIntent({ cart, quote, input }, run, tools);
}

/** What the cart costs now. Another payment of it comes first: no tax is asked for what cannot be paid. */
export async function quoteUnlessHeld(
  ref: CartRef,
  run: PayRun,
  { database: { reader }, tax }: PayTools,
): Promise<Quote | Rejected | Unfinished> {
  const cart = await findCartToPay(reader, ref);
  if (!cart) return rejected('not_found');
  const held = rejectionOf(cart.hold);
  if (held) return held;
  const quoted = await run.call('quote', () => quoteCart(cart, { reader, tax }));
  switch (quoted.kind) {
    case 'quoted':
      return quoted;
    case 'empty':
      return rejected('cart_empty');
    case 'tax-unavailable':
      return unfinished('tax_unavailable', quoted.retryAfterMs);
  }
}

interface Wanted {
  readonly cart: CartRef;
  readonly quote: Quote;
  readonly input: PayInput;
}

async function withIntent({ cart, quote: { quote, cartVersion }, input }: Wanted, run: PayRun, tools: PayTools) {
  const attemptId = randomUUID();
  const { paymentMethod, email } = input;
  const create = (key: string) =>
    tools.provider.create({
      ...{ key, attemptId, cartId: cart.cartId, mode: 'protected', paymentMethod, email },
      ...{ amountMinor: quote.totalMinor, currency: quote.currency, customer: publicCustomerId(run.principal) },
    });
  const key = `${attemptId}:create`;
  let answer = await run.call('create', () => create(key));
  // What was made is kept under its key, and told again. Once: what lasts longer is for the next try of the payment.
  if (answer.kind === 'no-word') answer = await run.call('create', () => create(key));
  // A 5xx may be kept under its key too, and told again as well; what it left behind is never confirmed.
  if (answer.kind === 'server-error') answer = await run.call('create', () => create(`${key}:2`));
  switch (answer.kind) {
    case 'intent': {
      const { intentId } = answer.intent;
      const attempt = { attemptId, intentId, idempotencyKey: run.idempotencyKey, isProtected: true };
      const payment = { ...attempt, ...cart, ...quote, cartVersion, paymentMethod, email, startedAt: run.startedAt };
      return { kind: 'prepared', payment } as const;
    }
    case 'declined':
      return refusedFor(refusalOf(answer.decline));
    case 'method-invalid':
      return refusedFor({ reason: 'payment_method_invalid' });
    case 'credentials-refused':
      tools.alarm(`the payment provider refuses our credentials (attempt ${attemptId})`);
      return later('payment_provider_unavailable');
    case 'server-error':
    case 'missing':
    case 'turned-away':
    case 'no-word':
      return later('payment_provider_unavailable');
  }
}
