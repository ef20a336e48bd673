import { z } from 'zod';
import { ok, type Reply } from '../http/reply.ts';
import { isReply, newId, type PaymentCall, type PaymentOperation, readParams } from './call.ts';
import { listOf } from './lists.ts';
import type { Charge, Refund } from './objects.ts';
import { metadata, pageParams, wholeNumber } from './params.ts';
import { invalidRequest, noSuch } from './stripe-error.ts';

const createParams = z.strictObject({
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
  amount: wholeNumber.refine((amount) => amount >= 1, 'must be at least 1').optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.optional(),
});

const listParams = z.strictObject({
  ...pageParams,
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
});

/** `POST /v1/refunds`: of a charge, or of the captured charge of an intent; all that is left of it unless `amount` says less. */
export const createRefund: PaymentOperation = (call) => {
  const read = readParams(createParams, call.input);
  if (isReply(read)) return read;
  const { params } = read;
  const found = chargeOf(call, params);
  if (isReply(found)) return found;
  return {
    locks: found.id,
    run() {
      const charge = call.ledger.get('charge', found.id, call.replica);
      if (!charge) return noSuch('charge', found.id, { status: 404, param: 'charge' });
      if (!charge.captured) {
        return invalidRequest(`Charge ${charge.id} cannot be refunded because it was not captured.`, {
          param: 'charge',
        });
      }
      const left = charge.amount_captured - charge.amount_refunded;
      if (left === 0) {
        return invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
      }
      const amount = params.amount ?? left;
      if (amount > left) {
        return invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`, {
          code: 'amount_too_large',
          param: 'amount',
        });
      }
      return refund(call, { charge, amount, params });
    },
  };
};

/** `GET /v1/refunds/:id` */
export const retrieveRefund: PaymentOperation = (call) => {
  const found = call.ledger.get('refund', call.id, call.replica);
  if (!found) return noSuch('refund', call.id, { status: 404, param: 'id' });
  return { run: () => ok(found) };
};

/** `GET /v1/refunds` */
export const listRefunds: PaymentOperation = (call) => {
  const read = readParams(listParams, call.input);
  if (isReply(read)) return read;
  const { charge, payment_intent: paymentIntent } = read.params;
  return listOf(call, {
    kind: 'refund',
    what: 'refund',
    path: '/v1/refunds',
    page: read.params,
    filter: { ...(charge && { charge }), ...(paymentIntent && { paymentIntent }) },
  });
};

interface Refunding {
  readonly charge: Charge;
  readonly amount: number;
  readonly params: z.output<typeof createParams>;
}

function refund(call: PaymentCall, { charge, amount, params }: Refunding): Reply {
  const made: Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: newId('txn'),
    charge: charge.id,
    created: call.nowSeconds(),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata: params.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
  const amountRefunded = charge.amount_refunded + amount;
  const refunded = amountRefunded === charge.amount_captured;
  const changed: Charge = { ...charge, amount_refunded: amountRefunded, refunded };
  call.ledger.put('refund', made, call.replica);
  call.ledger.put('charge', changed, call.replica);
  call.emit('charge.refunded', changed);
  call.emit('refund.created', made);
  return ok(made);
}

function chargeOf(
  call: PaymentCall,
  named: { charge?: string | undefined; payment_intent?: string | undefined },
): Charge | Reply {
  if (named.charge) {
    const charge = call.ledger.get('charge', named.charge, call.replica);
    return charge ?? noSuch('charge', named.charge, { status: 404, param: 'charge' });
  }
  if (!named.payment_intent) {
    return invalidRequest('One of the following params should be provided: charge, payment_intent.');
  }
  const intent = call.ledger.get('payment_intent', named.payment_intent, call.replica);
  if (!intent) return noSuch('payment_intent', named.payment_intent, { status: 404, param: 'payment_intent' });
  const chargeId = typeof intent.latest_charge === 'string' ? intent.latest_charge : '';
  const charge = call.ledger.get('charge', chargeId, call.replica);
  return charge ?? invalidRequest(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`);
}
