import { type Run, type Unfinished, unfinished } from '@payonce/trpc-idempotency';
import type { Tx } from '#db/open.ts';
import { errors } from '../errors.ts';
import type { PaidOrder } from './schema.ts';

/** One run of `checkout.pay`. */
export type PayRun = Run<Tx, PaidOrder>;

/** How it ends when it is for the provider to speak: unfinished, and the same key goes on from its last recovery point. */
export function later(reason: 'payment_provider_unavailable' | 'payment_outcome_unknown'): Unfinished {
  return unfinished(reason, errors[reason].retryAfterMs);
}
