import { randomUUID } from 'node:crypto';
import { monotonicTime } from '@payonce/retry';
import type { Reason } from '../errors.ts';
import { keyHashOfHeader } from '../key-hash.ts';
import { attemptOf } from './attempt-header.ts';
import type { AnswerHeaders, HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-request.ts';
import { setOurHeaders } from './our-headers.ts';

/** What a request is called in every list, without anything that is a secret. */
export interface RequestLabel {
  readonly requestId: string;
  /** Of its idempotency key; null when it has none. */
  readonly keyHash: string | null;
  /** Which try this is, as the client says; null when it does not. */
  readonly attempt: number | null;
}

/** One request and its answer: what the log and the counts are made of. */
export interface AnsweredRequest extends RequestLabel {
  /** A procedure or a route, never a path as it came: there is a list of these. */
  readonly operation: string;
  readonly verdict: Verdict;
  /** Of every answer that is no success, a stored one too. */
  readonly reason: Reason | null;
  readonly status: number;
  readonly durationMs: number;
}

/**
 * `executed`: this request's run made the answer that is kept. `replayed`: an earlier one did. `answered`: a success that
 * needs no key. `refused`: nothing was kept, and the reason says why.
 */
type Verdict = 'executed' | 'replayed' | 'answered' | 'refused';

export interface Answering {
  readonly answer: HttpAnswer;
  readonly operation: string;
  readonly reason: Reason | null;
}

/** Answers one request under an id of its own, and tells of it. */
export async function answering(
  { headers }: HttpRequest,
  tell: (answered: AnsweredRequest) => void,
  work: (label: RequestLabel) => Promise<Answering>,
): Promise<HttpAnswer> {
  const startedAt = monotonicTime();
  const label = {
    requestId: randomUUID(),
    keyHash: keyHashOfHeader(headers.get('idempotency-key')),
    attempt: attemptOf(headers.get('payonce-attempt')),
  };
  const { answer, operation, reason } = await work(label);
  tell({
    ...label,
    operation,
    verdict: verdictOf(answer.headers, reason),
    reason,
    status: answer.status,
    durationMs: Math.round((monotonicTime() - startedAt) * 10) / 10,
  });
  setOurHeaders(answer.headers, label.requestId);
  return answer;
}

function verdictOf(headers: AnswerHeaders, reason: Reason | null): Verdict {
  if (headers.get('Idempotent-Replayed') === 'true') return 'replayed';
  if (headers.has('Idempotency-Expires')) return 'executed';
  return reason === null ? 'answered' : 'refused';
}
