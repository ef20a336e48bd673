import type { LoggedRequest } from '#db/request-log.ts';
import { wallClock } from '../clock.ts';
import type { Reason } from '../errors.ts';
import type { RequestLabel } from '../http/answering.ts';
import type { AnswerHeaders } from '../http/http-answer.ts';

export interface Arrival extends RequestLabel {
  readonly principal: string;
  readonly operation: string;
  /** As it came, before anything has checked it. */
  readonly input: unknown;
}

export function startedRequest({ input, ...arrival }: Arrival): LoggedRequest {
  return {
    ...arrival,
    cartId: cartIdOf(input),
    verdict: 'running',
    httpStatus: 0,
    reason: null,
    receivedAt: wallClock(),
    durationMs: 0,
  };
}

/** @param headers of the answer, which say whether it was stored and whether it is a replay. */
export function endedRequest(
  started: LoggedRequest,
  {
    httpStatus,
    reason,
    headers,
  }: { readonly httpStatus: number; readonly reason: Reason | null; readonly headers: AnswerHeaders },
): LoggedRequest {
  return {
    ...started,
    verdict: verdictOf(headers, reason),
    httpStatus,
    reason,
    durationMs: wallClock() - started.receivedAt,
  };
}

/** `executed`: this request's run made the answer; the log says `resumed` of one that went on. Any other reason is its own verdict. */
function verdictOf(headers: AnswerHeaders, reason: Reason | null): string {
  if (headers.get('Idempotent-Replayed') === 'true') return 'replayed';
  if (reason === null || headers.has('Idempotency-Expires')) return 'executed';
  return reason;
}

function cartIdOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('cartId' in input)) return null;
  return typeof input.cartId === 'string' ? input.cartId.slice(0, 64) : null;
}
