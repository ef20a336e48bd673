import { randomUUID } from 'node:crypto';
import { shopError } from '../errors.ts';
import type { ProviderFailure } from '../payments/failure.ts';
import { CANCELLED_FOR_AUTHENTICATION, declineExtras, meaningOf } from '../payments/intent.ts';
import { publicCustomerId } from '../session.ts';
import { recordPaid, recordRefused } from './finish.ts';
import type { PayTools } from './pay.ts';
import { quoteOrThrow } from './quote-cart.ts';
import { CartMovedError, quoteOf, reserveUnprotected, ruledOut } from './reserve.ts';
import type { PaidOrder, PayInput } from './schema.ts';

/**
 * The same work without a key, for the comparison: each call charges, as most checkouts do. The order of things is as
 * careful as in `pay`; what is missing is only what tells a repeat from a first request.
 */
export async function payUnprotected(principal: string, input: PayInput, tools: PayTools): Promise<PaidOrder> {
  const { database, tax, provider, clock } = tools;
  const quoteTools = { reader: database.reader, tax };
  const cart = { principal, cartId: input.cartId };
  const quoted = await quoteOrThrow(cart, quoteTools);
  const refusal = ruledOut(quoted, input);
  if (refusal) {
    const reason = refusal.reason === 'out_of_stock' ? 'out_of_stock' : 'total_changed';
    throw shopError(reason, { extras: refusal.extras });
  }

  const attemptId = randomUUID();
  const { quote, cartVersion } = quoted;
  const { paymentMethod, email } = input;
  const created = await provider.create({
    ...{ key: `${attemptId}:create`, attemptId, cartId: cart.cartId, mode: 'unprotected', paymentMethod, email },
    ...{ amountMinor: quote.totalMinor, currency: quote.currency, customer: publicCustomerId(principal) },
  });
  // What was never confirmed cannot be charged.
  if (created.kind !== 'intent') throw definiteError(created) ?? shopError('payment_provider_unavailable');
  const { intentId } = created.intent;

  const attempt = { attemptId, intentId, idempotencyKey: null, isProtected: false, startedAt: clock() };
  const payment = { ...attempt, ...cart, ...quote, cartVersion, paymentMethod, email };
  const reserved = await database
    .write((tx) => reserveUnprotected(tx, payment))
    .catch(async (error: unknown) => {
      if (!(error instanceof CartMovedError)) throw error;
      throw shopError('total_changed', { extras: { quote: quoteOf((await quoteOrThrow(cart, quoteTools)).quote) } });
    });
  if (reserved.kind === 'refused') throw shopError('out_of_stock', { extras: reserved.extras });

  const recordRefusal = () => database.write((tx) => recordRefused(tx, { attemptId, at: clock() }));
  const confirmed = await provider.confirm(intentId, `${attemptId}:confirm:1`);
  if (confirmed.kind !== 'intent') {
    const error = definiteError(confirmed);
    if (error) await recordRefusal();
    throw error ?? shopError('payment_outcome_unknown');
  }

  const meaning = meaningOf(confirmed.intent, reserved.data);
  if (meaning.kind === 'authentication-required') {
    const cancelled = await provider.cancel(intentId, CANCELLED_FOR_AUTHENTICATION);
    if (cancelled.kind === 'intent') {
      await recordRefusal();
      throw shopError('authentication_required');
    }
  }
  if (meaning.kind !== 'captured') throw shopError('payment_outcome_unknown');
  return database.write((tx) => recordPaid(tx, { ...meaning, attemptId, at: clock() }));
}

/** What is certain: the card was not charged. Undefined when nobody knows. */
function definiteError(failure: ProviderFailure) {
  switch (failure.kind) {
    case 'declined':
      return shopError('card_declined', { extras: declineExtras(failure.decline) });
    case 'method-invalid':
      return shopError('payment_method_invalid');
    case 'credentials-refused':
      return shopError('payment_provider_unavailable');
    case 'server-error':
    case 'missing':
    case 'no-word':
      return undefined;
  }
}
