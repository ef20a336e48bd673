import { z } from 'zod';
import type { Reply } from '../http/reply.ts';
import { isReply, type PaymentOperation, readParams } from './call.ts';
import { chargeIntent } from './charge-intent.ts';
import type { PaymentIntent } from './objects.ts';
import { expandIntent } from './params.ts';
import { noSuch, unexpectedState } from './stripe-error.ts';
import { testMethod } from './test-methods.ts';

const confirmParams = z.strictObject({
  payment_method: z.string().optional(),
  allowed_payment_method_types: z.array(z.literal('card')).optional(),
  receipt_email: z.string().optional(),
  return_url: z.string().optional(),
  expand: expandIntent.optional(),
});

/** `POST /v1/payment_intents/:id/confirm`: the request that charges. */
export const confirmIntent: PaymentOperation = (call) => {
  const read = readParams(confirmParams, call.input);
  if (isReply(read)) return read;
  const { params } = read;
  const given = params.payment_method;
  if (given && !testMethod(given)) return noSuch('PaymentMethod', given, { status: 400, param: 'payment_method' });
  const intent = call.ledger.get('payment_intent', call.id, call.replica);
  if (!intent) return missing(call.id);
  return {
    locks: intent.id,
    bankMs: bankMs(intent, given),
    run() {
      // Read again: while the bank was thinking everything may have been reset.
      const current = call.ledger.get('payment_intent', call.id, call.replica);
      if (!current) return missing(call.id);
      const token = given ?? methodOf(current);
      const refused = whyNot(current, { token, isOtherMethod: given !== undefined });
      return refused ?? chargeIntent(call, { intent: current, token: token ?? '', expand: params.expand });
    },
  };
};

function bankMs(intent: PaymentIntent, given: string | undefined): number {
  const token = given ?? methodOf(intent);
  const refused = whyNot(intent, { token, isOtherMethod: given !== undefined });
  return refused || !token ? 0 : (testMethod(token)?.bankMs ?? 0);
}

/** The state machine of a confirm. Undefined: it may go ahead. */
function whyNot(
  intent: PaymentIntent,
  { token, isOtherMethod }: { token: string | undefined; isOtherMethod: boolean },
): Reply | undefined {
  switch (intent.status) {
    case 'requires_confirmation':
    case 'requires_payment_method':
      if (token) return undefined;
      return unexpectedState(
        "You cannot confirm this PaymentIntent because it's missing a payment method. Update the PaymentIntent with a payment method and then confirm it again.",
        intent,
      );
    case 'requires_action':
      if (isOtherMethod) return undefined;
      return unexpectedState(
        "You cannot confirm this PaymentIntent because the bank is waiting for the customer's authentication.",
        intent,
      );
    case 'succeeded':
      return unexpectedState(
        'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
        intent,
      );
    case 'canceled':
      return unexpectedState(
        `You cannot confirm this PaymentIntent because it has a status of ${intent.status}.`,
        intent,
      );
  }
}

function methodOf(intent: PaymentIntent): string | undefined {
  return typeof intent.payment_method === 'string' ? intent.payment_method : undefined;
}

function missing(id: string): Reply {
  return noSuch('payment_intent', id, { status: 404, param: 'intent' });
}
