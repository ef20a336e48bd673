import { initTRPC, TRPCError } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { ZodError } from 'zod';
import { StorageUnavailableError } from '#db/open.ts';
import type { Context } from './context.ts';
import { type ErrorRow, errors, type Reason, ShopError, type ShopErrorDetails } from './errors.ts';
import { issuesOf } from './read-input.ts';

/** Proxies close a connection that says nothing for a minute, and a reader who hears nothing for a while calls again. */
const PING_EVERY_MS = 10_000;
const RECONNECT_AFTER_MS = 25_000;

/** A window that was forgotten does not hold its place for ever; one that is still there comes back by itself. */
const STREAM_MAX_MS = 15 * 60_000;

const t = initTRPC.context<Context>().create({
  sse: {
    ping: { enabled: true, intervalMs: PING_EVERY_MS },
    client: { reconnectAfterInactivityMs: RECONNECT_AFTER_MS },
    maxDurationMs: STREAM_MAX_MS,
  },
  errorFormatter: ({ shape, error, ctx }) => {
    const explanation = explain(error);
    return {
      code: TRPC_ERROR_CODES_BY_KEY[errors[explanation.reason].trpcCode],
      // From the table and never from the error: what a bug or the database has to say is for the log.
      message: errors[explanation.reason].message,
      data: errorData(explanation, { path: shape.data.path, requestId: ctx?.requestId }),
    };
  },
});

export const router = t.router;

/** Who asks is a customer: the session says which. */
export const customerProcedure = t.procedure;

export interface Explanation {
  readonly reason: Reason;
  readonly details: ShopErrorDetails;
}

/** What an error is in the words of the table. */
export function explain(error: unknown): Explanation {
  if (error instanceof ShopError) return { reason: error.reason, details: error.details };
  if (isStorageUnavailable(error)) return { reason: 'storage_unavailable', details: {} };
  if (!(error instanceof TRPCError)) return { reason: 'internal', details: {} };
  if (error.code === 'BAD_REQUEST' && error.cause instanceof ZodError) {
    return { reason: 'invalid_input', details: { extras: { issues: issuesOf(error.cause) } } };
  }
  // tRPC parses the body when the input is first asked for, and calls what it cannot parse a bad request.
  if (error.cause instanceof SyntaxError) return { reason: 'malformed_request', details: {} };
  return { reason: REASON_OF_TRPC[error.code] ?? 'internal', details: {} };
}

/** 503 and the same key, never a failure of the payment. tRPC wraps what a procedure throws. */
function isStorageUnavailable(error: unknown): boolean {
  return (
    error instanceof StorageUnavailableError ||
    (error instanceof TRPCError && error.cause instanceof StorageUnavailableError)
  );
}

/** `error.data` of every answer that is not a success. */
export function errorData(
  { reason, details }: Explanation,
  request: { readonly path: string | undefined; readonly requestId: string | undefined },
) {
  const { httpStatus, trpcCode, retryable } = errors[reason];
  const retryAfterMs = waitOf(reason, details);
  return {
    ...details.extras,
    code: trpcCode,
    httpStatus,
    path: request.path,
    reason,
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    // A stored answer keeps the request that made it; the header X-Request-Id names this one.
    requestId: details.requestId ?? request.requestId,
  };
}

export function waitOf(reason: Reason, details: ShopErrorDetails): number | undefined {
  const row: ErrorRow = errors[reason];
  return details.retryAfterMs ?? row.retryAfterMs;
}

/** What tRPC itself finds wrong with a request, before any procedure runs. */
const REASON_OF_TRPC: Partial<Record<TRPCError['code'], Reason>> = {
  PARSE_ERROR: 'malformed_request',
  BAD_REQUEST: 'invalid_input',
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'method_not_allowed',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported_media_type',
  PAYLOAD_TOO_LARGE: 'body_too_large',
};
