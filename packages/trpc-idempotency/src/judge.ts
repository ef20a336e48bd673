import { timingSafeEqual } from 'node:crypto';
import type { IdempotencyRecord, RecordState, StoredAnswer, UnixMs } from './record.ts';
import type { ClaimOutcome, ClaimRequest } from './store.ts';

/** What a claim has to look at. */
export type JudgedRecord = Pick<IdempotencyRecord, 'requestHash' | 'hashKid' | 'schemaVersion' | 'takeovers' | 'state'>;

/** What a claim means for the key as it stands: an answer that changes nothing, or the change to be made. */
export type Judgement =
  | Exclude<ClaimOutcome, { kind: 'granted' | 'limited' }>
  | { readonly kind: 'new'; readonly replacesExpired: boolean }
  | { readonly kind: 'take-over'; readonly takeovers: number }
  | { readonly kind: 'quarantine' };

/** After so many takeovers that ended without a word, the next would most likely crash too, and each may cost money. */
export const TAKEOVERS_MAX = 5;

/**
 * The one decision all stores share. Order matters: what has expired is as good as absent; then the hash is compared
 * before anything else, so that a reused key is told so even while the first request runs.
 */
export function judge(record: JudgedRecord | undefined, request: ClaimRequest): Judgement {
  if (record === undefined) return { kind: 'new', replacesExpired: false };
  const { state } = record;
  if (state.processingState === 'completed' && hasExpired(state.answer, request.now)) {
    return { kind: 'new', replacesExpired: true };
  }
  if (!sameRequest(record, request)) return { kind: 'mismatch' };

  switch (state.processingState) {
    case 'completed':
      return { kind: 'replay', answer: state.answer };
    case 'failed':
      // Counted as one more crash, so that a run that crashes as well puts the key aside again at once.
      return request.evenQuarantined ? { kind: 'take-over', takeovers: record.takeovers + 1 } : { kind: 'quarantined' };
    case 'pending': {
      const { leaseExpiresAt } = state;
      if (leaseExpiresAt === null) return { kind: 'take-over', takeovers: record.takeovers };
      if (isLive(leaseExpiresAt, request)) return { kind: 'in-progress', leaseExpiresAt };
      if (record.takeovers >= TAKEOVERS_MAX) return { kind: 'quarantine' };
      return { kind: 'take-over', takeovers: record.takeovers + 1 };
    }
  }
}

/** Whether a claim is answered without changing anything. */
export function isDecided(judgement: Judgement): judgement is Extract<Judgement, ClaimOutcome> {
  return judgement.kind !== 'new' && judgement.kind !== 'take-over' && judgement.kind !== 'quarantine';
}

export function hasExpired(answer: StoredAnswer, now: UnixMs): boolean {
  return answer.expiresAt <= now;
}

/** Since when a key waits for somebody to go on with it; undefined when there is nothing to wait for, or not yet. */
export function freeSince(state: RecordState, at: { readonly now: UnixMs; readonly leaseMs: number }) {
  if (state.processingState !== 'pending') return undefined;
  const { leaseExpiresAt } = state;
  if (leaseExpiresAt === null) return state.resumeAt <= at.now ? state.resumeAt : undefined;
  return isLive(leaseExpiresAt, at) ? undefined : leaseExpiresAt;
}

/**
 * A lease further ahead than two of ours was written before the clock was set back; waiting for it could take years.
 * One lease of slack, because clocks of two processes differ and a live run must not be taken over for a millisecond.
 * Either way the fencing token, not the clock, keeps the effects single.
 */
function isLive(leaseExpiresAt: UnixMs, { now, leaseMs }: Pick<ClaimRequest, 'now' | 'leaseMs'>): boolean {
  return leaseExpiresAt > now && leaseExpiresAt <= now + 2 * leaseMs;
}

function sameRequest(record: JudgedRecord, request: ClaimRequest): boolean {
  const hash = request.requestHash(record.hashKid, record.schemaVersion);
  if (hash === undefined) return false;
  const ours = Buffer.from(hash);
  const stored = Buffer.from(record.requestHash);
  return ours.length === stored.length && timingSafeEqual(ours, stored);
}
