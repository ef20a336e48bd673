import type { Reply } from '../http/reply.ts';
import type { PaymentIntent } from './objects.ts';

/** The `error` object of Stripe's API, as far as the shop reads it. */
export interface StripeError {
  readonly type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly charge?: string;
  readonly payment_intent?: PaymentIntent;
}

export function stripeError(status: number, error: StripeError): Reply {
  return { status, body: { error: { ...error, ...(error.code && { doc_url: docUrl(error.code) }) } } };
}

export function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;
}

export function invalidRequest(message: string, details: { code?: string; param?: string } = {}): Reply {
  return stripeError(400, { type: 'invalid_request_error', message, ...details });
}

export function noSuch(what: string, id: string, where: { status: 400 | 404; param: string }): Reply {
  return stripeError(where.status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param: where.param,
  });
}

export function unexpectedState(message: string, intent: PaymentIntent): Reply {
  return stripeError(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message,
    payment_intent: intent,
  });
}
