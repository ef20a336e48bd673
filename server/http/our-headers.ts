import { errors } from '../errors.ts';
import { type Explanation, waitOf } from '../trpc.ts';
import { type AnswerHeaders, isEventStream } from './http-answer.ts';

/** What the body of an error says, said again for those who read headers only. */
export function setExplanationHeaders(headers: AnswerHeaders, { reason, details }: Explanation): void {
  // A body that is too large is not read to its end: the connection cannot carry another request.
  if (errors[reason].httpStatus === 413) headers.set('Connection', 'close');
  const retryAfterMs = waitOf(reason, details);
  if (retryAfterMs !== undefined) headers.set('Retry-After', String(Math.ceil(retryAfterMs / 1000)));
}

/** On every answer: what it belongs to, and that it is this customer's and this moment's. */
export function setOurHeaders(headers: AnswerHeaders, requestId: string): void {
  headers.set('X-Request-Id', requestId);
  // What compresses on the way would gather a stream's events until there are enough of them.
  headers.set('Cache-Control', isEventStream(headers) ? 'no-store, no-transform' : 'no-store');
  headers.set('X-Content-Type-Options', 'nosniff');
}
