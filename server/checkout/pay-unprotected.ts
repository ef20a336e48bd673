import { randomUUID } from 'node:crypto';
import { type Reason, type ShopErrorDetails, shopError } from '../errors.ts';
import { CANCELLED_FOR_AUTHENTICATION, meaningOf } from '../payments/intent.ts';
import { publicCustomerId } from '../session.ts';
import { recordPaid, recordRefused } from './finish.ts';
import type { PayTools } from './pay.ts';
import { quoteOrThrow } from './quote-cart.ts';
import { refusalOf, refusedFor } from './refusal.ts';
import { CartMovedError, quoteOf, reserveUnprotected, ruledOut } from './reserve.ts';
import type { PaidOrder, PayInput } from './schema.ts';

/**
 * The same work without a key, for the comparison: each call charges, as most checkouts do. It is as careful as `pay`;
 * what is missing is only what tells a repeat from a first request. It reserves before it asks the provider for anything:
 * nobody comes back to look for its intent, and what is compared with it stays what it was.
 */
export async function payUnprotected(principal: string, input: PayInput, tools: PayTools): Promise<PaidOrder> {
  const { database, tax, provider, clock } = tools;
  const cart = { principal, cartId: input.cartId };
  const quoteTools = { reader: database.reader, tax };
  const quoted = await quoteOrThrow(cart, quoteTools);
  const refusal = ruledOut(quoted, input);
  if (refusal) {
    const reason = refusal.reason === 'out_of_stock' ? 'out_of_stock' : 'total_changed';
    throw shopError(reason, { extras: refusal.extras });
  }

  const attempt = { attemptId: randomUUID(), intentId: null, idempotencyKey: null, isProtected: false };
  const { attemptId } = attempt;
  const { quote, cartVersion } = quoted;
  const { paymentMethod, email } = input;
  const payment = { ...attempt, ...cart, ...quote, cartVersion, paymentMethod, email, startedAt: clock() };
  const outOfStock = await database
    .write((tx) => reserveUnprotected(tx, payment))
    .catch(async (error: unknown) => {
      if (!(error instanceof CartMovedError)) throw error;
      throw shopError('total_changed', { extras: { quote: quoteOf((await quoteOrThrow(cart, quoteTools)).quote) } });
    });
  if (outOfStock) throw shopError('out_of_stock', { extras: outOfStock.extras });

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
    const refusal = refusalOf(confirmed.decline);
    throw await refuse(refusal.reason, { extras: refusedFor(refusal).extras });
  }
  if (confirmed.kind === 'method-invalid') throw await refuse('payment_method_invalid');
  // What was never confirmed cannot be charged, and nobody comes back for it: there is no key to come back with.
  if (confirmed.kind === 'credentials-refused' || created.kind !== 'intent') {
    throw await refuse('payment_provider_unavailable');
  }
  if (confirmed.kind !== 'intent') throw shopError('payment_outcome_unknown');

  const meaning = meaningOf(confirmed.intent, payment);
  if (meaning.kind === 'authentication-required') {
    const cancelled = await provider.cancel(confirmed.intent.intentId, CANCELLED_FOR_AUTHENTICATION);
    if (cancelled.kind === 'intent') throw await refuse('authentication_required');
  }
  if (meaning.kind !== 'captured') throw shopError('payment_outcome_unknown');
  return database.write((tx) => recordPaid(tx, { ...meaning, attemptId, at: clock() }));
}
