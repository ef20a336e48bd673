import { TimedOutError } from '@payonce/retry';
import Stripe from 'stripe';
import type { Decline } from './intent.ts';

/** Why a call to the provider gave no intent. Only the first three are definite. */
export type ProviderFailure =
  | { readonly kind: 'declined'; readonly decline: Decline }
  | { readonly kind: 'method-invalid' }
  | { readonly kind: 'credentials-refused' }
  /** An answered 5xx: the call is over and its answer is kept under its key, whatever it did. */
  | { readonly kind: 'server-error' }
  /** 404: the provider knows no such intent. It may be another account's, or another replica's: unknown, and strange. */
  | { readonly kind: 'missing' }
  /** 429: nothing was done, and the provider wants to hear no more of us for a while. */
  | { readonly kind: 'turned-away' }
  /** No answer, or one that says nothing about the payment: look it up before anything else. */
  | { readonly kind: 'no-word' };

/** Guard clauses from the definite to the unknown. What is not listed is unknown: it may have moved money. */
export function providerFailure(error: unknown): ProviderFailure {
  if (error instanceof TimedOutError) return { kind: 'no-word' };
  // Anything else thrown here is a bug of ours and not the provider's word.
  if (!(error instanceof Stripe.errors.StripeError)) throw error;

  // 402: the bank said no, and the provider is sure of it.
  if (error instanceof Stripe.errors.StripeCardError) {
    return {
      kind: 'declined',
      decline: { code: error.code ?? 'card_declined', declineCode: error.decline_code || null },
    };
  }

  // 401 and 403: refused before anything ran. Somebody must look at the key; the customer can only wait.
  if (
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError
  ) {
    return { kind: 'credentials-refused' };
  }

  // 400 about the method: it does not exist or cannot be used. Every other 400 is about the intent's state.
  if (error instanceof Stripe.errors.StripeInvalidRequestError && isAboutMethod(error)) {
    return { kind: 'method-invalid' };
  }

  if (error.statusCode !== undefined && error.statusCode >= 500) return { kind: 'server-error' };
  if (error.statusCode === 404) return { kind: 'missing' };
  if (error.statusCode === 429) return { kind: 'turned-away' };

  // Timeouts, cut answers, 409, a key reused, an unexpected state: none of them is a decline.
  return { kind: 'no-word' };
}

function isAboutMethod(error: Stripe.errors.StripeInvalidRequestError): boolean {
  return error.param === 'payment_method' || error.code?.startsWith('payment_method_') === true;
}
