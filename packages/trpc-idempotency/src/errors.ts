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
