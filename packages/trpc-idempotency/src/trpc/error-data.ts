import type { TRPCError } from '@trpc/server';
import type { JsonObject } from '../record.ts';
import { IdempotencyError } from './to-error.ts';

/** What a client goes by. A type and not an interface, so that it can be spread into an error shape. */
export type IdempotencyErrorData = {
  readonly reason: string;
  /** Whether the same request, under the same key, may be sent again. */
  readonly retryable: boolean;
  /** Whether this answer is stored under the key: then it stands, whatever else was sent with that key. */
  readonly isStored: boolean;
  readonly retryAfterMs?: number;
  readonly extras: JsonObject;
};

/**
 * For the host's `errorFormatter`: without these in `error.data` the client can neither retry a key in use nor end an
 * attempt that was refused. Nothing for an error that is not the plugin's.
 */
export function idempotencyErrorData({ cause }: TRPCError): IdempotencyErrorData | undefined {
  if (!(cause instanceof IdempotencyError)) return undefined;
  const { reason, retryable, details } = cause;
  const { kind, extras, retryAfterMs } = details;
  return {
    reason,
    retryable,
    isStored: kind === 'refused',
    extras,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
