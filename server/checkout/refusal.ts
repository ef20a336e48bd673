import { type Refused, refused } from '@payonce/trpc-idempotency';
import { type Decline, declineExtras } from '../payments/intent.ts';

/** What ends an attempt for good. */
export type Refusal =
  | { readonly reason: 'card_declined'; readonly decline: Decline }
  | { readonly reason: 'payment_method_invalid' | 'authentication_required' | 'payment_expired' };

/** A bank may decline only because it wants to see the customer, which is no fault of the card. */
export function refusalOf(decline: Decline): Refusal {
  return decline.code === 'authentication_required'
    ? { reason: 'authentication_required' }
    : { reason: 'card_declined', decline };
}

/** As it is stored and answered. */
export function refusedFor(refusal: Refusal): Refused {
  return refused(refusal.reason, refusal.reason === 'card_declined' ? declineExtras(refusal.decline) : {});
}
