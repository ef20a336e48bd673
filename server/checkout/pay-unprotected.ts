import { randomUUID } from 'node:crypto';
import { findPayment } from '#db/payments.ts';
import { type Reason, type ShopErrorDetails, shopError } from '../errors.ts';
import { CANCELLED_FOR_AUTHENTICATION, declineExtras, meaningOf } from '../payments/intent.ts';
import { publicCustomerId } from '../session.ts';
import { recordPaid, recordRefused } from './finish.ts';
import type { PayTools } from './pay.ts';
import { quoteCart } from './quote-cart.ts';
import { quoteOf, reserve } from './reserve.ts';
import type { PaidOrder, PayInput } from './schema.ts';

/**
 * The same work without a key, for the comparison: each call charges, as most checkouts do. The order of things is as
 * careful as in `pay`; what is missing is only what tells a repeat from a first request.
 */
export async function payUnprotected(principal: string, input: PayInput, tools: PayTools): Promise<PaidOrder> {
  const { database, tax, provider, clock } = tools;
  const cart = { principal, cartId: input.cartId };
  const quoted = await quoteCart(cart, { reader: database.reader, tax });
  if (quoted.kind === 'not-found') throw shopError('not_found');
  if (quoted.kind === 'empty') throw shopError('cart_empty');
  if (quoted.kind === 'tax-unavailable') throw shopError('tax_unavailable', { retryAfterMs: quoted.retryAfterMs });

  const attemptId = randomUUID();
  const { quote, cartVersion } = quoted;
  const { paymentMethod, email } = input;
  const reserved = await database.write((tx) =>
    reserve(tx, {
      payment: {
        ...{ attemptId, idempotencyKey: null, isProtected: false, startedAt: clock() },
        ...{ ...cart, ...quote, cartVersion, paymentMethod, email },
      },
      expectedTotalMinor: input.expectedTotalMinor,
      expectedCartVersion: input.cartVersion,
    }),
  );
  if (reserved.kind === 'refused') {
    throw reserved.reason === 'out_of_stock'
      ? shopError('out_of_stock', { extras: reserved.extras })
      : shopError('total_changed', { extras: { quote: quoteOf(quote) } });
  }

  const created = await provider.create({
    ...{ key: `${attemptId}:create`, attemptId, cartId: cart.cartId, mode: 'unprotected', paymentMethod, email },
    ...{ amountMinor: quote.totalMinor, currency: quote.currency, customer: publicCustomerId(principal) },
  });
  const confirmed =
    created.kind === 'intent' ? await provider.confirm(created.intent.intentId, `${attemptId}:confirm:1`) : created;

  const refuse = async (reason: Reason, details?: ShopErrorDetails) => {
    await database.write((tx) => recordRefused(tx, { attemptId, at: clock() }));
    return shopError(reason, details);
  };
  if (confirmed.kind === 'declined') {
    throw await refuse('card_declined', { extras: declineExtras(confirmed.decline) });
  }
  if (confirmed.kind === 'method-invalid') throw await refuse('payment_method_invalid');
  // What was never confirmed cannot be charged, and nobody comes back for it: there is no key to come back with.
  if (confirmed.kind === 'credentials-refused' || created.kind !== 'intent') {
    throw await refuse('payment_provider_unavailable');
  }
  if (confirmed.kind !== 'intent') throw shopError('payment_outcome_unknown');

  const meaning = meaningOf(confirmed.intent, await findPayment(database.reader, attemptId));
  if (meaning.kind === 'authentication-required') {
    const cancelled = await provider.cancel(confirmed.intent.intentId, CANCELLED_FOR_AUTHENTICATION);
    if (cancelled.kind === 'intent') throw await refuse('authentication_required');
  }
  if (meaning.kind !== 'captured') throw shopError('payment_outcome_unknown');
  return database.write((tx) => recordPaid(tx, { ...meaning, attemptId, at: clock() }));
}
