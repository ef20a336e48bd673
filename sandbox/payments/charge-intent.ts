import { ok, type Reply } from '../http/reply.ts';
import type { PaymentCall } from './call.ts';
import { newCharge } from './charge.ts';
import { withExpanded } from './expand.ts';
import type { PaymentIntent } from './objects.ts';
import { docUrl, stripeError } from './stripe-error.ts';
import { type BankAnswer, testMethod } from './test-methods.ts';

interface Charging {
  readonly intent: PaymentIntent;
  readonly token: string;
  readonly expand: readonly string[] | undefined;
}

/** Puts the question to the bank and writes down what it said. */
export function chargeIntent(call: PaymentCall, { intent, token, expand }: Charging): Reply {
  const method = testMethod(token);
  if (!method) throw new Error(`A payment method that was let in is unknown: ${token}`);
  const asked: Charging = { intent: { ...intent, payment_method: token }, token, expand };
  switch (method.bank.kind) {
    case 'approved':
      return approve(call, asked);
    case 'declined':
      return decline(call, asked, method.bank);
    case 'wants_authentication':
      return askForAuthentication(call, asked);
  }
}

function approve(call: PaymentCall, { intent, token, expand }: Charging): Reply {
  const charge = newCharge({ intent, token, created: call.nowSeconds(), failure: undefined });
  const paid: PaymentIntent = {
    ...intent,
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
  };
  call.ledger.put('charge', charge, call.replica);
  call.ledger.put('payment_intent', paid, call.replica);
  call.emit('charge.succeeded', charge);
  call.emit('payment_intent.succeeded', paid);
  return ok(withExpanded(call, paid, expand));
}

/** Stripe takes the method off an intent that was declined: it waits for another one. */
function decline(
  call: PaymentCall,
  { intent, token }: Charging,
  failure: Extract<BankAnswer, { kind: 'declined' }>,
): Reply {
  const charge = newCharge({ intent, token, created: call.nowSeconds(), failure });
  const error = {
    type: 'card_error' as const,
    code: failure.code,
    ...(failure.declineCode && { decline_code: failure.declineCode }),
    message: failure.message,
    charge: charge.id,
  };
  const declined: PaymentIntent = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    latest_charge: charge.id,
    last_payment_error: { ...error, doc_url: docUrl(failure.code) },
    next_action: null,
  };
  call.ledger.put('charge', charge, call.replica);
  call.ledger.put('payment_intent', declined, call.replica);
  call.emit('charge.failed', charge);
  call.emit('payment_intent.payment_failed', declined);
  return stripeError(402, { ...error, payment_intent: declined });
}

function askForAuthentication(call: PaymentCall, { intent, expand }: Charging): Reply {
  const waiting: PaymentIntent = {
    ...intent,
    status: 'requires_action',
    next_action: { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } },
  };
  call.ledger.put('payment_intent', waiting, call.replica);
  call.emit('payment_intent.requires_action', waiting);
  return ok(withExpanded(call, waiting, expand));
}
