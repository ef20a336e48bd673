import { clampRetryAfter, classifyHttp, failureOf, TimedOutError, type Verdict, wallTime } from '@payonce/retry';
import { isTRPCClientError } from '@trpc/client';

/** What a failed tRPC call is worth: the server's own words first, then its status, then that there was none. */
export function classifyTrpc(error: unknown): Verdict {
  if (error instanceof TimedOutError) return classifyHttp({ timedOut: true });
  if (!isTRPCClientError(error)) return { kind: 'stop', why: 'unrecognised' };

  const { meta, shape } = error;
  const response = meta?.response instanceof Response ? failureOf(meta.response, wallTime()) : undefined;
  const data: ErrorData = error.data ?? {};
  const status = typeof data.httpStatus === 'number' ? data.httpStatus : response?.status;
  if (status === undefined) return classifyWithoutStatus(error.cause);
  return classifyHttp({
    status,
    // A success that tRPC did not write: something in between answered, and the procedure's own answer is not known.
    bodyCut: !shape && status < 400,
    reason: typeof data.reason === 'string' ? data.reason : undefined,
    retryable: typeof data.retryable === 'boolean' ? data.retryable : undefined,
    retryAfterMs: clampRetryAfter(data.retryAfterMs) ?? response?.retryAfterMs,
  });
}

/** True when the server gave a final answer that no retry will change. Anything else leaves the outcome unknown. */
export function isDefinite(error: unknown): boolean {
  return isTRPCClientError(error) && (error.data as ErrorData | undefined)?.retryable === false;
}

interface ErrorData {
  readonly httpStatus?: unknown;
  readonly reason?: unknown;
  readonly retryable?: unknown;
  readonly retryAfterMs?: unknown;
}

/**
 * httpLink drops the response when its body cannot be read, so a cut body and a refused connection both come here. The
 * words of a TypeError are not compared: Safari translates them, and asking again with the same key does no harm.
 */
function classifyWithoutStatus(cause: unknown): Verdict {
  if (cause instanceof SyntaxError) return classifyHttp({ bodyCut: true });
  if (cause instanceof TypeError || cause instanceof DOMException) return classifyHttp({});
  return { kind: 'stop', why: 'unrecognised' };
}
