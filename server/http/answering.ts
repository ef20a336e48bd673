import { randomUUID } from 'node:crypto';
import { monotonicTime } from '@payonce/retry';
import type { Reason } from '../errors.ts';
import { keyHashOfHeader } from '../key-hash.ts';
import { attemptOf } from './attempt-header.ts';
import { withOurHeaders } from './our-headers.ts';

/** One request and its answer, without anything that is a secret: what the log and the counts are made of. */
export interface AnsweredRequest {
  readonly requestId: string;
  /** A procedure or a route, never a path as it came: there is a list of these. */
  readonly operation: string;
  readonly keyHash: string | null;
  /** Which try this is, as the client says; null when it does not. */
  readonly attempt: number | null;
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
  readonly response: Response;
  readonly operation: string;
  readonly reason: Reason | null;
}

/** Answers one request under an id of its own, and tells of it. */
export async function answering(
  request: Request,
  tell: (answered: AnsweredRequest) => void,
  work: (requestId: string) => Promise<Answering>,
): Promise<Response> {
  const requestId = randomUUID();
  const startedAt = monotonicTime();
  const { response, operation, reason } = await work(requestId);
  tell({
    requestId,
    operation,
    keyHash: keyHashOfHeader(request.headers.get('idempotency-key')),
    attempt: attemptOf(request.headers.get('payonce-attempt')),
    verdict: verdictOf(response.headers, reason),
    reason,
    status: response.status,
    durationMs: Math.round((monotonicTime() - startedAt) * 10) / 10,
  });
  return withOurHeaders(response, requestId);
}

function verdictOf(headers: Headers, reason: Reason | null): Verdict {
  if (headers.get('Idempotent-Replayed') === 'true') return 'replayed';
  if (headers.has('Idempotency-Expires')) return 'executed';
  return reason === null ? 'answered' : 'refused';
}
