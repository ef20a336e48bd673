import { classifyHttp, type HttpFailure } from './classify-http.ts';
import { parseHttpDate } from './http-date.ts';
import { isNetworkError } from './network-error.ts';
import { parseRetryAfter } from './retry-after.ts';
import { TimedOutError } from './time-limit.ts';
import type { Verdict } from './verdict.ts';

/** Thrown by work that got an answer it cannot use. Carries what a classifier wants to know. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure, options?: ErrorOptions) {
    super(failure.bodyCut ? `the body of a ${failure.status} could not be read` : `HTTP ${failure.status}`, options);
    this.failure = failure;
  }
}

/** What status and Retry-After of a response say; the reason in its body is for the caller to add. */
export function failureOf(response: Response, nowMs: number): HttpFailure {
  const { status, headers } = response;
  const answeredAt = parseHttpDate(headers.get('date') ?? '') ?? nowMs;
  return { status, retryAfterMs: parseRetryAfter(headers.get('retry-after'), answeredAt) };
}

/** For work that calls `fetch`: the default of `retry`. What it does not know is a bug and is not repeated. */
export function classifyFetch(error: unknown): Verdict {
  if (error instanceof AnswerError) return classifyHttp(error.failure);
  if (error instanceof TimedOutError) return classifyHttp({ timedOut: true });
  if (isNetworkError(error)) return classifyHttp({});
  return { kind: 'stop', why: 'unrecognised' };
}
