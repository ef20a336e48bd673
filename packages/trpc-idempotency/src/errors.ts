import type { JsonObject } from './record.ts';

/** One row of the error table: how a reason is said in tRPC, in HTTP, and whether the same request may be sent again. */
export interface ErrorRow {
  readonly trpcCode: 'BAD_REQUEST' | 'CONFLICT' | 'TOO_MANY_REQUESTS' | 'SERVICE_UNAVAILABLE';
  readonly httpStatus: number;
  readonly retryable: boolean;
  readonly message: string;
}

/** The reasons that are the engine's own. What an operation refuses for is the host's to describe. */
export const idempotencyErrors = {
  idempotency_key_required: {
    trpcCode: 'BAD_REQUEST',
    httpStatus: 400,
    retryable: false,
    message: 'Send an Idempotency-Key header: one key per attempt, the same over all its retries.',
  },
  idempotency_key_invalid: {
    trpcCode: 'BAD_REQUEST',
    httpStatus: 400,
    retryable: false,
    message: 'The Idempotency-Key must be one key of 1 to 255 printable ASCII characters.',
  },
  batch_not_allowed: {
    trpcCode: 'BAD_REQUEST',
    httpStatus: 400,
    retryable: false,
    message: 'A call with an idempotency key cannot share its HTTP request: one header cannot name two calls.',
  },
  idempotency_key_in_use: {
    trpcCode: 'CONFLICT',
    httpStatus: 409,
    retryable: true,
    message: 'The first request with this key is still running. Ask again with the same key.',
  },
  idempotency_key_reused: {
    trpcCode: 'CONFLICT',
    httpStatus: 409,
    retryable: false,
    message: 'This key was used with other content. Nothing was changed.',
  },
  rate_limited: {
    trpcCode: 'TOO_MANY_REQUESTS',
    httpStatus: 429,
    retryable: true,
    message: 'Too many new keys. Wait, then send the same key again.',
  },
  idempotency_key_quarantined: {
    trpcCode: 'SERVICE_UNAVAILABLE',
    httpStatus: 503,
    retryable: true,
    message: 'Runs of this key ended without an answer several times. It waits to be looked at.',
  },
} as const satisfies Record<string, ErrorRow>;

export type IdempotencyReason = keyof typeof idempotencyErrors;

export interface ErrorDetails {
  /**
   * `refused` is stored and replayed, `rejected` is not, `unfinished` can be sent again, `engine` is about the key,
   * `input` about a body that could not be read.
   */
  readonly kind: 'refused' | 'rejected' | 'unfinished' | 'engine' | 'input';
  readonly extras: JsonObject;
  readonly retryAfterMs?: number;
  /** Of the run that made a stored refusal; absent when this request has its own answer. */
  readonly requestId?: string;
  /** As it was stored with a refusal. */
  readonly statusCode?: number;
}

/** What is known of a reason without a table of the host's. */
export function errorRow(reason: string, kind: ErrorDetails['kind']): ErrorRow {
  return isEngineReason(reason) ? idempotencyErrors[reason] : { ...HOST_ROWS[kind], message: reason };
}

/** For reasons that only the operation knows. What is stored or rejected is a conflict until the host says better. */
const HOST_ROWS = {
  refused: { trpcCode: 'CONFLICT', httpStatus: 409, retryable: false },
  rejected: { trpcCode: 'CONFLICT', httpStatus: 409, retryable: false },
  unfinished: { trpcCode: 'SERVICE_UNAVAILABLE', httpStatus: 503, retryable: true },
  engine: { trpcCode: 'CONFLICT', httpStatus: 409, retryable: false },
  input: { trpcCode: 'BAD_REQUEST', httpStatus: 400, retryable: false },
} as const;

function isEngineReason(reason: string): reason is IdempotencyReason {
  return Object.hasOwn(idempotencyErrors, reason);
}
