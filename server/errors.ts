import { type ErrorRow as EngineRow, idempotencyErrors } from '@payonce/trpc-idempotency';
import { TRPCError } from '@trpc/server';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';

export interface ErrorRow {
  readonly trpcCode: TRPC_ERROR_CODE_KEY;
  readonly httpStatus: number;
  /** The same request, with the same key, may be sent again and may get another answer. */
  readonly retryable: boolean;
  readonly message: string;
  /** Said when the cause knows no better wait. */
  readonly retryAfterMs?: number;
}

const row = (trpcCode: TRPC_ERROR_CODE_KEY, httpStatus: number, message: string) => ({
  trpcCode,
  httpStatus,
  message,
  retryable: false,
});

const passing = (httpStatus: 503, message: string, retryAfterMs: number) => ({
  trpcCode: 'SERVICE_UNAVAILABLE' as const,
  httpStatus,
  message,
  retryable: true,
  retryAfterMs,
});

/** The one table from our reasons to tRPC codes, HTTP statuses and retryability. `docs/errors.md` is tested against it. */
export const errors = {
  ...(idempotencyErrors satisfies Record<string, EngineRow>),

  malformed_request: row('PARSE_ERROR', 400, 'The body is not JSON.'),
  invalid_input: row('BAD_REQUEST', 400, 'The input does not have the right form.'),
  webhook_not_signed: row('BAD_REQUEST', 400, 'The signature is missing, wrong or older than five minutes.'),
  cart_empty: row('BAD_REQUEST', 400, 'The cart is empty.'),
  not_found: row('NOT_FOUND', 404, 'There is nothing here.'),
  method_not_allowed: row(
    'METHOD_NOT_SUPPORTED',
    405,
    'This method is not taken here. In tRPC, mutations are POST and queries are GET.',
  ),
  body_too_large: row('PAYLOAD_TOO_LARGE', 413, 'The body is larger than 32 KB.'),
  unsupported_media_type: row('UNSUPPORTED_MEDIA_TYPE', 415, 'Send application/json.'),
  cross_site: row('FORBIDDEN', 403, 'Requests from other sites are not accepted.'),

  card_declined: row('PAYMENT_REQUIRED', 402, 'The card was declined. Nothing was charged.'),
  payment_method_invalid: row('PAYMENT_REQUIRED', 402, 'This payment method cannot be used. Nothing was charged.'),
  authentication_required: row('PAYMENT_REQUIRED', 402, 'The bank asks for a confirmation. Nothing was charged.'),
  out_of_stock: row('CONFLICT', 409, 'Not enough in stock. Nothing was charged.'),
  total_changed: row('CONFLICT', 409, 'The total has changed. Nothing was charged.'),
  payment_in_progress: {
    ...row('CONFLICT', 409, 'This cart is being paid. Ask for the status of that payment.'),
    retryAfterMs: 1_000,
  },
  already_ordered: row('CONFLICT', 409, 'This cart has been ordered already.'),
  already_refunded: row('CONFLICT', 409, 'This order is refunded already, or its refund is under way.'),
  payment_expired: row('CONFLICT', 409, 'This payment came back too late and was cancelled. Nothing was charged.'),
  limit_reached: row('CONFLICT', 409, 'There is no room for more of this. Nothing was changed.'),
  too_many_watches: {
    ...row('TOO_MANY_REQUESTS', 429, 'Too many windows are watching. Close one.'),
    retryable: true,
    retryAfterMs: 10_000,
  },
  version_mismatch: row('PRECONDITION_FAILED', 412, 'What is there is not what the request was made for.'),

  tax_unavailable: passing(503, 'The tax service does not answer. Nothing was taken.', 2_000),
  payment_provider_unavailable: passing(503, 'The payment provider cannot be used. Same key, ask again.', 5_000),
  payment_outcome_unknown: passing(503, 'The outcome is not known yet. Same key, ask again.', 2_000),
  storage_unavailable: passing(503, 'The database cannot be used. Same key, ask again.', 1_000),
  internal: { ...row('INTERNAL_SERVER_ERROR', 500, 'Something went wrong on our side.'), retryable: true },
} as const satisfies Record<string, ErrorRow>;

export type Reason = keyof typeof errors;

export function isReason(text: string): text is Reason {
  return Object.hasOwn(errors, text);
}

export interface ShopErrorDetails {
  /** What the client needs to go on: `quote`, `orderId`, `declineCode`, `sku`. */
  readonly extras?: Readonly<Record<string, unknown>>;
  readonly retryAfterMs?: number;
  /** Of the run that made a stored answer; absent, the answer belongs to this request. */
  readonly requestId?: string;
  readonly cause?: unknown;
}

/** An answer that is not a success, in the words of the table. */
export class ShopError extends TRPCError {
  readonly reason: Reason;
  readonly details: ShopErrorDetails;

  constructor(reason: Reason, details: ShopErrorDetails = {}) {
    const { trpcCode, message } = errors[reason];
    super({ code: trpcCode, message, cause: details.cause });
    this.reason = reason;
    this.details = details;
  }
}

export function shopError(reason: Reason, details?: ShopErrorDetails): ShopError {
  return new ShopError(reason, details);
}
