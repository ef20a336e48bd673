import type Stripe from 'stripe';
import { askingAgain } from './ask-again.ts';
import { type ProviderFailure, providerFailure } from './failure.ts';
import type { Intent } from './intent.ts';
import { type StripeAccount, stripeClient } from './stripe-client.ts';

export type ProviderAnswer = { readonly kind: 'intent'; readonly intent: Intent } | ProviderFailure;

interface NewIntent {
  /** Under which the provider remembers its answer, be it a 5xx. */
  readonly key: string;
  readonly attemptId: string;
  readonly cartId: string;
  readonly mode: 'protected' | 'unprotected';
  readonly amountMinor: number;
  readonly currency: string;
  readonly paymentMethod: string;
  readonly email: string;
  /** The customer's public name: the provider's ledger is read by it. */
  readonly customer: string;
}

export interface ProviderCharge {
  readonly chargeId: string;
  readonly amountMinor: number;
  /** How much of it went back. */
  readonly refundedMinor: number;
  readonly currency: string;
  readonly cartId: string | null;
  readonly mode: string | null;
  readonly createdAt: number;
}

/** The payment provider. Every call that makes or moves something carries a key derived from the attempt. */
export interface PaymentProvider {
  create(intent: NewIntent): Promise<ProviderAnswer>;
  confirm(intentId: string, key: string): Promise<ProviderAnswer>;
  retrieve(intentId: string): Promise<ProviderAnswer>;
  /** Without a key: twice is as good as once, and a 5xx that is kept under a key would answer for ever. */
  cancel(intentId: string, reason?: 'abandoned'): Promise<ProviderAnswer>;
  /** Captured charges of one customer, newest first, straight from the provider's own ledger; of the newest 1,000. */
  capturedCharges(customer: string): Promise<readonly ProviderCharge[]>;
}

export interface ProviderOptions extends StripeAccount {
  /** Names this shop among others on the same account; the reconciler looks at its own intents only. */
  readonly instance: string;
}

/** The most that the provider gives at once. */
const PAGE_ROWS = 100;

/** Ten calls: more than anybody charges by hand, and a bound for what one look at the bill may cost. */
const CHARGES_MAX = 1_000;

export function createProvider({ secretKey, apiBase, instance }: ProviderOptions): PaymentProvider {
  const stripe = stripeClient({ secretKey, apiBase });
  const askAgain = askingAgain();

  const answer = async (call: Promise<Stripe.PaymentIntent>): Promise<ProviderAnswer> => {
    try {
      return { kind: 'intent', intent: toIntent(await call) };
    } catch (error) {
      return providerFailure(error);
    }
  };

  return {
    create: (intent) =>
      answer(
        stripe.paymentIntents.create(
          {
            amount: intent.amountMinor,
            currency: intent.currency,
            payment_method: intent.paymentMethod,
            // Cards only: other methods may send the customer away and settle days later.
            allowed_payment_method_types: ['card'],
            receipt_email: intent.email,
            transfer_group: intent.customer,
            metadata: {
              payonce_instance: instance,
              attempt_id: intent.attemptId,
              cart_id: intent.cartId,
              mode: intent.mode,
            },
          },
          { idempotencyKey: intent.key },
        ),
      ),
    confirm: (intentId, key) => answer(stripe.paymentIntents.confirm(intentId, {}, { idempotencyKey: key })),
    retrieve: (intentId) => answer(askAgain(() => stripe.paymentIntents.retrieve(intentId))),
    cancel: (intentId, reason) =>
      answer(stripe.paymentIntents.cancel(intentId, reason ? { cancellation_reason: reason } : {})),
    async capturedCharges(customer) {
      const charges = await stripe.charges
        .list({ transfer_group: customer, limit: PAGE_ROWS })
        .autoPagingToArray({ limit: CHARGES_MAX });
      return charges.filter(({ captured, status }) => captured && status === 'succeeded').map(toCharge);
    },
  };
}

function toIntent(intent: Stripe.PaymentIntent): Intent {
  const { last_payment_error: failure, latest_charge: charge } = intent;
  return {
    intentId: intent.id,
    status: intent.status,
    amountMinor: intent.amount,
    amountReceivedMinor: intent.amount_received,
    currency: intent.currency,
    attemptId: intent.metadata.attempt_id ?? null,
    chargeId: typeof charge === 'string' ? charge : (charge?.id ?? null),
    lastDecline: failure ? { code: failure.code ?? failure.type, declineCode: failure.decline_code || null } : null,
    cancellationReason: intent.cancellation_reason,
  };
}

function toCharge(charge: Stripe.Charge): ProviderCharge {
  return {
    chargeId: charge.id,
    amountMinor: charge.amount,
    refundedMinor: charge.amount_refunded,
    currency: charge.currency,
    cartId: charge.metadata.cart_id ?? null,
    mode: charge.metadata.mode ?? null,
    createdAt: charge.created * 1000,
  };
}
