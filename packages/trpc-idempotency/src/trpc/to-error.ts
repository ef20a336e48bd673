import { TRPCError } from '@trpc/server';
import { type ErrorDetails, errorRow } from '../errors.ts';

export type ToError = (reason: string, details: ErrorDetails) => TRPCError;

/**
 * The errors for an app that has no table of its own. The cause is an IdempotencyError, from which an `errorFormatter`
 * can put reason, retryability and extras into `error.data`.
 */
export const defaultToError: ToError = (reason, details) => {
  const { trpcCode, message, retryable } = errorRow(reason, details.kind);
  return new TRPCError({ code: trpcCode, message, cause: new IdempotencyError(reason, retryable, details) });
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
