import Stripe from 'stripe';
import { providerFailure } from './failure.ts';
import { type StripeAccount, stripeClient } from './stripe-client.ts';

interface WholeRefund {
  /** Under which the provider remembers its answer, be it a 5xx. */
  readonly key: string;
  readonly chargeId: string;
  readonly amountMinor: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What the provider says of one charge's refund. */
export type RefundAnswer =
  | { readonly kind: 'refunded'; readonly refundId: string }
  /** There is no refund of this charge. Only a look-up can tell. */
  | { readonly kind: 'none' }
  | { readonly kind: 'credentials-refused' }
  /** The provider will not do it as things are, and says why. Its ledger may still hold one that was made before. */
  | { readonly kind: 'refused'; readonly why: string }
  /** An answered 5xx: the call is over and its answer is kept under its key, whatever it did. */
  | { readonly kind: 'server-error' }
  /** No answer, or none that settles it. `alarm` is for what a person has to look at. */
  | { readonly kind: 'unknown'; readonly alarm: string | null };

/** Money back. A charge is never refunded beyond its amount: the provider refuses, whatever the key. */
export interface Refunds {
  create(refund: WholeRefund): Promise<RefundAnswer>;
  /** Reads the provider's ledger, whoever asked for the refund and under whatever key. */
  find(charge: { readonly chargeId: string; readonly amountMinor: number }): Promise<RefundAnswer>;
}

export function createRefunds(account: StripeAccount): Refunds {
  const stripe = stripeClient(account);
  return {
    create: ({ key, chargeId, amountMinor, metadata }) =>
      answer(async () => {
        const refund = await stripe.refunds.create(
          { charge: chargeId, amount: amountMinor, metadata: { ...metadata } },
          { idempotencyKey: key },
        );
        return meaningOf([refund], amountMinor);
      }),
    find: ({ chargeId, amountMinor }) =>
      answer(async () => meaningOf((await stripe.refunds.list({ charge: chargeId, limit: 100 })).data, amountMinor)),
  };
}

async function answer(call: () => Promise<RefundAnswer>): Promise<RefundAnswer> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 400) {
      return { kind: 'refused', why: error.code ?? error.message };
    }
    const failure = providerFailure(error);
    switch (failure.kind) {
      case 'credentials-refused':
      case 'server-error':
        return failure;
      // A charge that is refunded already is refused like any bad request: only the ledger tells them apart.
      case 'declined':
      case 'method-invalid':
      case 'missing':
      case 'turned-away':
      case 'no-word':
        return { kind: 'unknown', alarm: null };
    }
  }
}

/** All of it or nothing. A part that somebody gave back by hand, or a refund that failed, is not ours to mend. */
function meaningOf(refunds: readonly Stripe.Refund[], amountMinor: number): RefundAnswer {
  const whole = refunds.find(({ status, amount }) => status === 'succeeded' && amount === amountMinor);
  if (whole) return { kind: 'refunded', refundId: whole.id };
  const [other] = refunds;
  if (!other) return { kind: 'none' };
  if (other.status === 'pending' && other.amount === amountMinor) return { kind: 'unknown', alarm: null };
  return { kind: 'unknown', alarm: `refund ${other.id} of ${other.amount} is ${other.status}` };
}
