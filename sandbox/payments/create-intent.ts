import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ok } from '../http/reply.ts';
import { isReply, newId, type PaymentCall, type PaymentOperation, readParams } from './call.ts';
import { chargeIntent } from './charge-intent.ts';
import { withExpanded } from './expand.ts';
import type { PaymentIntent } from './objects.ts';
import { amountMinor, expandIntent, metadata, yesOrNo } from './params.ts';
import { invalidRequest, noSuch } from './stripe-error.ts';
import { testMethod } from './test-methods.ts';

const createParams = z.strictObject({
  amount: amountMinor,
  currency: z.string().regex(/^[a-z]{3}$/i, 'must be a three-letter code'),
  payment_method: z.string().optional(),
  allowed_payment_method_types: z.array(z.literal('card')).optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: yesOrNo, allow_redirects: z.enum(['always', 'never']).optional() })
    .optional(),
  capture_method: z.enum(['automatic', 'automatic_async']).optional(),
  confirmation_method: z.literal('automatic').optional(),
  confirm: yesOrNo.optional(),
  return_url: z.string().optional(),
  description: z.string().optional(),
  receipt_email: z.string().optional(),
  statement_descriptor_suffix: z.string().optional(),
  transfer_group: z.string().optional(),
  metadata: metadata.optional(),
  expand: expandIntent.optional(),
});
type CreateParams = z.output<typeof createParams>;

/** `POST /v1/payment_intents`. Moves no money unless `confirm` is asked for with it. */
export const createIntent: PaymentOperation = (call) => {
  const read = readParams(createParams, call.input);
  if (isReply(read)) return read;
  const { params } = read;
  const token = params.payment_method;
  if (token && !testMethod(token)) return noSuch('PaymentMethod', token, { status: 400, param: 'payment_method' });
  if (params.confirm && !token) {
    return invalidRequest("You cannot confirm this PaymentIntent because it's missing a payment method.", {
      code: 'payment_intent_unexpected_state',
    });
  }
  const confirms = params.confirm === true && token !== undefined;
  return {
    bankMs: confirms ? (testMethod(token)?.bankMs ?? 0) : 0,
    run() {
      const intent = newIntent(params, call);
      call.ledger.put('payment_intent', intent, call.replica);
      call.emit('payment_intent.created', intent);
      if (confirms) return chargeIntent(call, { intent, token, expand: params.expand });
      return ok(withExpanded(call, intent, params.expand));
    },
  };
};

function newIntent(params: CreateParams, call: PaymentCall): PaymentIntent {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount: params.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: params.automatic_payment_methods?.enabled
      ? { enabled: true, allow_redirects: params.automatic_payment_methods.allow_redirects ?? 'always' }
      : null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: params.capture_method ?? 'automatic',
    client_secret: `${id}_secret_${randomBytes(12).toString('hex')}`,
    confirmation_method: 'automatic',
    created: call.nowSeconds(),
    currency: params.currency.toLowerCase(),
    customer: null,
    customer_account: null,
    description: params.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: params.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: params.payment_method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: params.receipt_email ?? null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    status: params.payment_method ? 'requires_confirmation' : 'requires_payment_method',
    transfer_data: null,
    transfer_group: params.transfer_group ?? null,
  };
}
