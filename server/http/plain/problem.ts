import { errors, isReason, type Reason } from '../../errors.ts';
import { type Explanation, waitOf } from '../../trpc.ts';
import { setExplanationHeaders } from '../our-headers.ts';

/** An answer that is no success, as RFC 9457 has it, with the fields that `error.data` has in tRPC. */
export function problem(explanation: Explanation, requestId: string): Response {
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
  const response = new Response(JSON.stringify(body), {
    status: httpStatus,
    headers: { 'Content-Type': 'application/problem+json' },
  });
  setExplanationHeaders(response.headers, explanation);
  return response;
}

/** The reason that an answer gives; null for a success. */
export async function reasonIn(response: Response): Promise<Reason | null> {
  if (response.status < 400) return null;
  const { reason } = (await response.clone().json()) as { readonly reason?: unknown };
  return typeof reason === 'string' && isReason(reason) ? reason : 'internal';
}

/** `card_declined` is "Card declined": the same for each occurrence, as a title must be. */
function titleOf(reason: string): string {
  const words = reason.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
