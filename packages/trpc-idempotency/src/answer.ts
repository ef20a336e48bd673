import type { Refused, Settled } from './operation.ts';
import type { Json, JsonObject, StoredAnswer, UnixMs } from './record.ts';

/** What an adapter has to say to its client. */
export type Answer<Output extends Json> =
  | FinalAnswer<Output>
  /** Another run has the key. */
  | { readonly kind: 'in-progress'; readonly retryAfterMs: number }
  /** The key was used with other content. */
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'quarantined' }
  /** A new key too many. */
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  /** A no that is not kept. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly extras: JsonObject }
  /** Neither yes nor no; the same key goes on from where this run stopped. */
  | { readonly kind: 'unfinished'; readonly reason: string; readonly retryAfterMs: number };

export interface FinalAnswer<Output extends Json> {
  readonly kind: 'final';
  readonly outcome: Settled<Output> | Refused;
  readonly statusCode: number;
  readonly replayed: boolean;
  /** Of the run that made the answer, also when it is replayed to another request. */
  readonly requestId: string;
  /** When the answer is forgotten and the key becomes a new one. */
  readonly expiresAt: UnixMs;
}

export function finalAnswer<Output extends Json>(stored: StoredAnswer, replayed: boolean): FinalAnswer<Output> {
  return {
    kind: 'final',
    // Written by this operation under its own name; a version that changes the output must read what it wrote before.
    outcome: stored.outcome as Settled<Output> | Refused,
    statusCode: stored.statusCode,
    replayed,
    requestId: stored.requestId,
    expiresAt: stored.expiresAt,
  };
}

/** For a request that waited: what the run of another request with the same key and content was answered. */
export function sharedAnswer<Output extends Json>(answer: Answer<Json>): Answer<Output> {
  // Made by the same operation, so it has its type.
  return answer.kind === 'final' ? { ...(answer as FinalAnswer<Output>), replayed: true } : answer;
}

/** @param leaseExpiresAt undefined when the key is between two runs: somebody may come any moment. */
export function inProgress(leaseExpiresAt: UnixMs | undefined, now: UnixMs) {
  const remainingMs = leaseExpiresAt === undefined ? 0 : leaseExpiresAt - now;
  const retryAfterMs = Math.min(Math.max(remainingMs, RETRY_AFTER_MIN_MS), RETRY_AFTER_MAX_MS);
  return { kind: 'in-progress', retryAfterMs } as const;
}

/** `Retry-After` counts whole seconds, so that less than one cannot be said. */
const RETRY_AFTER_MIN_MS = 1000;
/** Most runs end long before their lease does: whoever waits for the whole of it has waited for nothing. */
const RETRY_AFTER_MAX_MS = 2000;
