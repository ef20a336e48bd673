import { z } from 'zod';
import { ok } from '../http/reply.ts';
import { isReply, type PaymentOperation, readParams } from './call.ts';
import { listOf } from './lists.ts';
import { pageParams } from './params.ts';
import { noSuch } from './stripe-error.ts';

const listParams = z.strictObject({
  ...pageParams,
  payment_intent: z.string().optional(),
  transfer_group: z.string().optional(),
});

/** `GET /v1/charges/:id` */
export const retrieveCharge: PaymentOperation = (call) => {
  const charge = call.ledger.get('charge', call.id, call.replica);
  if (!charge) return noSuch('charge', call.id, { status: 404, param: 'id' });
  return { run: () => ok(charge) };
};

/** `GET /v1/charges`: failed ones too, as Stripe lists them; a captured one has `captured: true`. */
export const listCharges: PaymentOperation = (call) => {
  const read = readParams(listParams, call.input);
  if (isReply(read)) return read;
  const { payment_intent: paymentIntent, transfer_group: transferGroup } = read.params;
  return listOf(call, {
    kind: 'charge',
    what: 'charge',
    path: '/v1/charges',
    page: read.params,
    filter: { ...(paymentIntent && { paymentIntent }), ...(transferGroup && { transferGroup }) },
  });
};
