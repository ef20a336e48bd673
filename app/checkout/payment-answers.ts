import type { Extras, NotLetGo, TryWait } from './payment-state.ts';

/** What sending an attempt came to. `refused` covers every definite no that is not the card's. */
export type PayOutcome =
  | { readonly kind: 'paid'; readonly orderId: string }
  | { readonly kind: 'declined'; readonly reason: string; readonly extras: Extras }
  | { readonly kind: 'refused'; readonly reason: string; readonly extras: Extras }
  | { readonly kind: 'unknown'; readonly notLetGo?: NotLetGo };

/**
 * What the shop says of a reference. `not_final`: still running or not known. `never_seen`: no request of it has come
 * through so far, which is no proof that none will. With either the same key goes on.
 */
export type LookUp = PayOutcome | { readonly kind: 'not_final' } | { readonly kind: 'never_seen' };

/** What happens to the tries while an attempt is being sent. */
export type TryEvent =
  | { readonly kind: 'try' }
  | {
      readonly kind: 'failed';
      readonly cause: 'no_answer' | 'busy' | 'in_use';
      readonly wait: TryWait;
    }
  /** Nothing is sent meanwhile: the shop has not answered anybody for a while. */
  | { readonly kind: 'shop_silent'; readonly waitMs: number }
  | { readonly kind: 'offline' };
