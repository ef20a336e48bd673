import { z } from 'zod';
import { ok, type Reply } from '../http/reply.ts';
import { isReply, type PaymentOperation, readParams } from './call.ts';
import { withExpanded } from './expand.ts';
import { listOf } from './lists.ts';
import type { PaymentIntent } from './objects.ts';
import { expandIntent, pageParams } from './params.ts';
import { noSuch, unexpectedState } from './stripe-error.ts';

const retrieveParams = z.strictObject({ client_secret: z.string().optional(), expand: expandIntent.optional() });

const cancelParams = z.strictObject({
  cancellation_reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']).optional(),
  expand: expandIntent.optional(),
});

const listParams = z.strictObject({ ...pageParams, expand: z.array(z.literal('data.latest_charge')).optional() });

/** `GET /v1/payment_intents/:id` */
export const retrieveIntent: PaymentOperation = (call) => {
  const read = readParams(retrieveParams, call.input);
  if (isReply(read)) return read;
  const intent = call.ledger.get('payment_intent', call.id, call.replica);
  if (!intent) return missing(call.id);
  return { run: () => ok(withExpanded(call, intent, read.params.expand)) };
};

/** `GET /v1/payment_intents` */
export const listIntents: PaymentOperation = (call) => {
  const read = readParams(listParams, call.input);
  if (isReply(read)) return read;
  const expand = read.params.expand?.map((path) => path.slice('data.'.length));
  return listOf(call, {
    kind: 'payment_intent',
    what: 'payment_intent',
    path: '/v1/payment_intents',
    page: read.params,
    present: (intent) => withExpanded(call, intent, expand),
  });
};

/** `POST /v1/payment_intents/:id/cancel`: nothing was taken and nothing will be. */
export const cancelIntent: PaymentOperation = (call) => {
  const read = readParams(cancelParams, call.input);
  if (isReply(read)) return read;
  const { params } = read;
  if (!call.ledger.get('payment_intent', call.id, call.replica)) return missing(call.id);
  return {
    locks: call.id,
    run() {
      const intent = call.ledger.get('payment_intent', call.id, call.replica);
      if (!intent) return missing(call.id);
      if (!cancelable.has(intent.status)) {
        return unexpectedState(
          `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
          intent,
        );
      }
      const canceled: PaymentIntent = {
        ...intent,
        status: 'canceled',
        canceled_at: call.nowSeconds(),
        cancellation_reason: params.cancellation_reason ?? null,
        next_action: null,
      };
      call.ledger.put('payment_intent', canceled, call.replica);
      call.emit('payment_intent.canceled', canceled);
      return ok(withExpanded(call, canceled, params.expand));
    },
  };
};

const cancelable: ReadonlySet<PaymentIntent['status']> = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]);

function missing(id: string): Reply {
  return noSuch('payment_intent', id, { status: 404, param: 'intent' });
}
