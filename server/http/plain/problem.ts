import { errors, isReason, type Reason } from '../../errors.ts';
import { type Explanation, waitOf } from '../../trpc.ts';
import { AnswerHeaders, type HttpAnswer } from '../http-answer.ts';
import { setExplanationHeaders } from '../our-headers.ts';

/** An answer that is no success, as RFC 9457 has it, with the fields that `error.data` has in tRPC. */
export function problem(explanation: Explanation, requestId: string): HttpAnswer {
  const { reason, details } = explanation;
  const { httpStatus, message, retryable } = errors[reason];
  const retryAfterMs = waitOf(reason, details);
  const body = {
    ...details.extras,
    // A name and no address: there is nothing to fetch, and a client compares it.
    type: `urn:problem-type:payonce:${reason}`,
    title: titleOf(reason),
    status: httpStatus,
    detail: message,
    reason,
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    // A stored answer keeps the request that made it; the header X-Request-Id names this one.
    requestId: details.requestId ?? requestId,
  };
  const headers = new AnswerHeaders({ 'Content-Type': 'application/problem+json' });
  setExplanationHeaders(headers, explanation);
  return { status: httpStatus, headers, body: JSON.stringify(body) };
}

/** The reason that an answer gives; null for a success. */
export function reasonIn({ status, body }: HttpAnswer): Reason | null {
  if (status < 400 || typeof body !== 'string') return null;
  const { reason } = JSON.parse(body) as { readonly reason?: unknown };
  return typeof reason === 'string' && isReason(reason) ? reason : 'internal';
}

/** `card_declined` is "Card declined": the same for each occurrence, as a title must be. */
function titleOf(reason: string): string {
  const words = reason.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
