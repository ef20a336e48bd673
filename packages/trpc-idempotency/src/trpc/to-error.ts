import { TRPCError } from '@trpc/server';
import { type IdempotencyReason, idempotencyErrors } from '../errors.ts';
import type { JsonObject } from '../record.ts';

export interface ErrorDetails {
  /** `refused` is stored and replayed, `rejected` is not, `unfinished` can be sent again, `engine` is about the key. */
  readonly kind: 'refused' | 'rejected' | 'unfinished' | 'engine';
  readonly extras: JsonObject;
  readonly retryAfterMs?: number;
  /** Of the run that made a stored refusal; absent when this request has its own answer. */
  readonly requestId?: string;
}

export type ToError = (reason: string, details: ErrorDetails) => TRPCError;

/**
 * The errors for an app that has no table of its own. The cause is an IdempotencyError, from which an `errorFormatter`
 * can put reason, retryability and extras into `error.data`.
 */
export const defaultToError: ToError = (reason, details) => {
  const row = isEngineReason(reason) ? idempotencyErrors[reason] : HOST_ERRORS[details.kind];
  return new TRPCError({
    code: row.trpcCode,
    message: row.message ?? reason,
    cause: new IdempotencyError(reason, row.retryable, details),
  });
};

export class IdempotencyError extends Error {
  override readonly name = 'IdempotencyError';
  readonly reason: string;
  readonly retryable: boolean;
  readonly details: ErrorDetails;

  constructor(reason: string, retryable: boolean, details: ErrorDetails) {
    super(reason);
    this.reason = reason;
    this.retryable = retryable;
    this.details = details;
  }
}

/** For reasons that only the operation knows. What is stored or rejected is a conflict until the host says better. */
const HOST_ERRORS = {
  refused: { trpcCode: 'CONFLICT', retryable: false, message: undefined },
  rejected: { trpcCode: 'CONFLICT', retryable: false, message: undefined },
  unfinished: { trpcCode: 'SERVICE_UNAVAILABLE', retryable: true, message: undefined },
  engine: { trpcCode: 'CONFLICT', retryable: false, message: undefined },
} as const;

function isEngineReason(reason: string): reason is IdempotencyReason {
  return Object.hasOwn(idempotencyErrors, reason);
}
