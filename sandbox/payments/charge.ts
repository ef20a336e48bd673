import { newId } from './call.ts';
import type { Charge, ChargeOutcome, PaymentIntent } from './objects.ts';
import { type BankAnswer, testMethod } from './test-methods.ts';

interface NewCharge {
  readonly intent: PaymentIntent;
  readonly token: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** Why the bank said no; undefined when it said yes. */
  readonly failure: Extract<BankAnswer, { kind: 'declined' }> | undefined;
}

/** A charge, captured or failed. Each one that is captured is money that moved. */
export function newCharge({ intent, token, created, failure }: NewCharge): Charge {
  return {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: failure ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: failure ? null : newId('txn'),
    billing_details: { address: null, email: intent.receipt_email, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'PAYONCE',
    captured: !failure,
    created,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcome(failure),
    paid: !failure,
    payment_intent: intent.id,
    payment_method: token,
    payment_method_details: { type: 'card', card: cardDetails(token) },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: failure ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
}

function outcome(failure: NewCharge['failure']): ChargeOutcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: failure ? 'declined_by_network' : 'approved_by_network',
    reason: failure ? (failure.declineCode ?? failure.code) : null,
    risk_level: 'normal',
    seller_message: failure ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
    type: failure ? 'issuer_declined' : 'authorized',
  };
}

function cardDetails(token: string): Charge['payment_method_details']['card'] {
  const method = testMethod(token);
  return { brand: method?.brand ?? null, last4: method?.last4 ?? null };
}
