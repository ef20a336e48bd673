/** The provider's record of one payment, in our words and no wider than we use. */
export interface Intent {
  readonly intentId: string;
  readonly status: string;
  readonly amountMinor: number;
  readonly amountReceivedMinor: number;
  readonly currency: string;
  readonly attemptId: string | null;
  readonly chargeId: string | null;
  readonly lastDecline: Decline | null;
  readonly cancellationReason: string | null;
}

export interface Decline {
  readonly code: string;
  readonly declineCode: string | null;
}

/** What the customer is told of it. Many declines have no code of their own beside the error's. */
export function declineExtras({ code, declineCode }: Decline) {
  return { declineCode: declineCode ?? code };
}

/** What an attempt expects to find under its intent; anything else is not its payment. */
export interface Expectation {
  readonly attemptId: string;
  readonly totalMinor: number;
  readonly currency: string;
}

/** What the provider's record means for the attempt. `unknown` is never shown as a failure. */
export type IntentMeaning =
  | { readonly kind: 'captured'; readonly intentId: string; readonly chargeId: string }
  | { readonly kind: 'unconfirmed' }
  | { readonly kind: 'declined'; readonly decline: Decline }
  | { readonly kind: 'authentication-required' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unknown'; readonly alarm: string | null };

/**
 *   requires_confirmation ──► unconfirmed            nothing has moved; may be confirmed
 *   succeeded ──► captured                           if amount, currency and attempt are ours, else unknown + alarm
 *   requires_payment_method + error ──► declined
 *   requires_action ──► authentication-required      this shop has no screen for it, so the intent is cancelled
 *   canceled ──► what it was cancelled for
 *   processing ──► unknown                           the provider itself does not know yet
 */
export function meaningOf(intent: Intent, expected: Expectation): IntentMeaning {
  if (intent.attemptId !== expected.attemptId) return alarming(intent, 'belongs to another attempt');
  if (intent.amountMinor !== expected.totalMinor || intent.currency !== expected.currency) {
    return alarming(intent, 'has another amount');
  }
  switch (intent.status) {
    case 'succeeded':
      if (intent.amountReceivedMinor !== expected.totalMinor) return alarming(intent, 'received another amount');
      if (intent.chargeId === null) return alarming(intent, 'succeeded without a charge');
      return { kind: 'captured', intentId: intent.intentId, chargeId: intent.chargeId };
    case 'requires_confirmation':
      return { kind: 'unconfirmed' };
    case 'requires_payment_method':
      if (intent.lastDecline === null) return alarming(intent, 'lost its payment method');
      return { kind: 'declined', decline: intent.lastDecline };
    case 'requires_action':
      return { kind: 'authentication-required' };
    case 'canceled':
      return cancelledMeaning(intent);
    case 'processing':
      return { kind: 'unknown', alarm: null };
    default:
      return alarming(intent, `is ${intent.status}`);
  }
}

/** We say `abandoned` when we cancel because the bank wanted to see the customer. */
export const CANCELLED_FOR_AUTHENTICATION = 'abandoned' as const;

/** A run that crashed after cancelling must come to the refusal that it cancelled for. */
function cancelledMeaning(intent: Intent): IntentMeaning {
  if (intent.lastDecline !== null) return { kind: 'declined', decline: intent.lastDecline };
  if (intent.cancellationReason === CANCELLED_FOR_AUTHENTICATION) return { kind: 'authentication-required' };
  return { kind: 'cancelled' };
}

function alarming(intent: Intent, what: string): IntentMeaning {
  return { kind: 'unknown', alarm: `intent ${intent.intentId} ${what}` };
}
