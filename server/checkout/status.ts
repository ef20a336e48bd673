import { hasExpired, type IdempotencyStore } from '@payonce/trpc-idempotency';
import type { Queries, Tx } from '#db/open.ts';
import { wasAttempted } from '#db/payments.ts';
import type { Clock } from '../clock.ts';
import { keyScope } from '../context.ts';
import type { PaidOrder } from './schema.ts';

export interface StatusTools {
  readonly store: IdempotencyStore<Tx>;
  readonly reader: Queries;
  readonly clock: Clock;
}

export type PaymentStatus =
  | { readonly state: 'settled'; readonly result: PaidOrder }
  | { readonly state: 'refused'; readonly result: { readonly reason: string } & Readonly<Record<string, unknown>> }
  /** A run holds the key at this moment. */
  | { readonly state: 'processing' }
  /** Begun and not ended, and nobody is at it: the same key carries it on. */
  | { readonly state: 'unknown' }
  /** No proof that nothing was sent: the request may still be on its way. Send it again with the same key. */
  | { readonly state: 'never_seen' }
  | { readonly state: 'expired' };

/** What became of a key of this customer. Changes nothing. */
export async function paymentStatus(
  principal: string,
  idempotencyKey: string,
  { store, reader, clock }: StatusTools,
): Promise<PaymentStatus> {
  const record = await store.find({ ...keyScope(principal, 'checkout.pay'), key: idempotencyKey });
  if (!record) {
    const begun = await wasAttempted(reader, { principal, idempotencyKey });
    return { state: begun ? 'expired' : 'never_seen' };
  }
  const { state } = record;
  switch (state.processingState) {
    case 'completed': {
      if (hasExpired(state.answer, clock())) return { state: 'expired' };
      const { outcome } = state.answer;
      return outcome.kind === 'settled'
        ? { state: 'settled', result: outcome.output as PaidOrder }
        : { state: 'refused', result: { ...outcome.extras, reason: outcome.reason } };
    }
    case 'failed':
      return { state: 'unknown' };
    case 'pending': {
      const isHeld = state.leaseExpiresAt !== null && state.leaseExpiresAt > clock();
      return { state: isHeld ? 'processing' : 'unknown' };
    }
  }
}
