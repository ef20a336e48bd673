import type { RetryWhy, Verdict } from './verdict.ts';

/** What is known of a failed HTTP call. */
export interface HttpFailure {
  /** Undefined when no status line arrived. */
  readonly status?: number | undefined;
  /** No status because we stopped waiting, not because the connection failed. */
  readonly timedOut?: boolean;
  /** An answer arrived, but its body was cut or cannot be read. */
  readonly bodyCut?: boolean;
  /** The server's own word for it. */
  readonly reason?: string | undefined;
  /** The server's own advice. */
  readonly retryable?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** The reason by which a server says: the same key is still running. */
export const KEY_IN_USE = 'idempotency_key_in_use';

/**
 * The one place that decides whether a failed call is worth another. First what the server says of itself, then what
 * its status says. Every retry presumes that repeating is safe: a query, or a mutation that carries its key.
 */
export function classifyHttp(failure: HttpFailure): Verdict {
  const { status } = failure;

  // Ambiguous: the request may have been lost, or only its answer. Nobody but the server knows, so the same key
  // asks again.
  if (status === undefined) return again(failure, whyWithoutStatus(failure));

  // The first run of this key is at work and will end. Waiting is not failing, so it costs time and no attempt;
  // the reason tells it from a 409 that means no, and outranks the rest because its wait is of another kind.
  if (failure.reason === KEY_IN_USE) return again(failure, 'in-use', { uses: 'deadline' });

  // The server knows more than its status can say: a 409 can be final or passing, a 503 can be for good.
  // So its own word ends the matter, one way or the other.
  if (failure.retryable === false) return { kind: 'stop', why: 'server-advice' };

  // A success or a refusal whose body was cut is as ambiguous as no answer: the answer exists and we do not have it.
  // A 4xx page that is no JSON comes from something in between and is definite all the same, so only it is left out.
  if (failure.bodyCut && !(status >= 400 && status < 500)) return again(failure, 'body-cut');

  // A bare 500 is a bug or a passing fault. One cautious retry tells them apart; more would only hammer a bug,
  // so this holds even where the server calls it retryable.
  if (status === 500) return again(failure, 'internal', { retriesMax: 1 });

  // The server waited too long for our request and gave up reading it: a slow line, not a wrong request.
  // RFC 9110, 15.5.9 says that the client may repeat it.
  if (status === 408) return again(failure, 'timeout');

  // The server will not risk a request that came in early data of TLS and could be a replay by somebody else.
  // RFC 8470, 5.2 asks for the same request again once the handshake is done.
  if (status === 425) return again(failure, 'too-early');

  // Too many requests. The request was not looked at, so repeating is safe; Retry-After says when, and a client
  // that does not wait is the reason for the limit.
  if (status === 429) return again(failure, 'throttled');

  // A gateway without an answer from behind (502, 504) or a server that says "not now" (503). Passing by definition,
  // and after a 502 or 504 the work may have been done, which the key makes harmless to ask.
  if (status === 502 || status === 503 || status === 504) return again(failure, 'unavailable');

  // Anything else that the server itself calls passing. It knows its own codes better than this list does.
  if (failure.retryable === true) return again(failure, 'server-advice');

  // Every other status says that this request is wrong or refused. The same request again gets the same answer.
  return { kind: 'stop', why: 'refused' };
}

function whyWithoutStatus({ timedOut, bodyCut }: HttpFailure): RetryWhy {
  if (timedOut) return 'timeout';
  return bodyCut ? 'body-cut' : 'no-answer';
}

function again(
  failure: HttpFailure,
  why: RetryWhy,
  limits: { readonly uses?: 'deadline'; readonly retriesMax?: number } = {},
): Verdict {
  return {
    kind: 'retry',
    why,
    uses: limits.uses ?? 'attempt',
    ...(limits.retriesMax === undefined ? {} : { retriesMax: limits.retriesMax }),
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
  };
}
