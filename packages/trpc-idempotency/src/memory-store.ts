import { grantOf, leaseEnd, newRowHash } from './grant.ts';
import { judge } from './judge.ts';
import { memoryAftermath } from './memory-aftermath.ts';
import { type MemoryTransaction, memoryTransactions, type Overlay } from './memory-transaction.ts';
import {
  CLAIMED,
  type IdempotencyRecord,
  type Json,
  type KeyRef,
  type RecordState,
  type UnixMs,
  unixMs,
} from './record.ts';
import type { ClaimOutcome, ClaimRequest, Grant, IdempotencyStore } from './store.ts';

export type { MemoryTransaction } from './memory-transaction.ts';

export interface MemoryStore extends IdempotencyStore<MemoryTransaction> {
  /** A committed effect, as anyone outside a transaction sees it. */
  effect(name: string): Json | undefined;
}

/**
 * The reference store: the whole contract in one process, nothing survives it. For tests, and to read before writing
 * a store of one's own.
 */
export function createMemoryStore(): MemoryStore {
  const transactions = memoryTransactions();
  let lastToken = 0;

  function claimIn({ keys }: MemoryTransaction, request: ClaimRequest): ClaimOutcome {
    const name = nameOf(request);
    const record = keys.get(name);
    const judgement = judge(record, request);
    switch (judgement.kind) {
      case 'new': {
        const admission = request.admit?.() ?? { admitted: true };
        if (!admission.admitted) return { kind: 'limited', retryAfterMs: admission.retryAfterMs };
        const fresh = newRecord(request, ++lastToken);
        keys.set(name, fresh);
        const { replacesExpired: replacedExpired } = judgement;
        return { kind: 'granted', grant: grantOf(fresh, request), replacedExpired, tookOver: false };
      }
      case 'take-over': {
        const before = existing(record);
        const taken = {
          ...before,
          takeovers: judgement.takeovers,
          fencingToken: ++lastToken,
          state: pendingFor(request),
        };
        keys.set(name, taken);
        const tookOver = taken.takeovers > before.takeovers;
        return { kind: 'granted', grant: grantOf(taken, request), replacedExpired: false, tookOver };
      }
      case 'quarantine':
        keys.set(name, { ...existing(record), state: { processingState: 'failed' } });
        return { kind: 'quarantined' };
      default:
        return judgement;
    }
  }

  return {
    claim: (request) => transactions.run(async (tx) => claimIn(tx, request)),
    claimWithin: async (tx, request) => claimIn(tx, request),
    transaction: (work) => transactions.run(work),
    holds: async (tx, grant) => heldBy(tx.keys, grant) !== undefined,

    async advance(tx, grant, { recoveryPoint, data }) {
      return changeHeld(tx.keys, grant, (record) => ({
        ...record,
        recoveryPoint,
        phases: { ...record.phases, [recoveryPoint]: data },
      }));
    },

    async complete(tx, grant, { outcome, statusCode, now, retentionMs }) {
      const expiresAt = unixMs(now + retentionMs);
      const answer = { outcome, statusCode, requestId: grant.requestId, completedAt: now, expiresAt };
      return changeHeld(tx.keys, grant, (record) => ({ ...record, state: { processingState: 'completed', answer } }));
    },

    renew: (grant, lease) =>
      transactions.run(async ({ keys }) =>
        changeHeld(keys, grant, (record) => ({ ...record, state: pendingFor(lease) })),
      ),

    release: (grant, { resumeAt }) =>
      transactions.run(async ({ keys }) =>
        changeHeld(keys, grant, (record) => ({
          ...record,
          state: { processingState: 'pending', leaseExpiresAt: null, resumeAt },
        })),
      ),

    forget: (grant) =>
      transactions.run(async ({ keys }) => {
        if (heldBy(keys, grant)?.recoveryPoint !== CLAIMED) return false;
        keys.delete(nameOf(grant));
        return true;
      }),

    find: async (ref) => transactions.committedKeys.get(nameOf(ref)),

    ...memoryAftermath(transactions),
    effect: (name) => transactions.committedEffects.get(name),
  };
}

/** JSON keeps the parts apart whatever characters they hold. */
function nameOf({ tenant, principal, operation, key }: KeyRef): string {
  return JSON.stringify([tenant, principal, operation, key]);
}

/** The record while this grant is its newest and has not ended; the one question every write of a grant asks first. */
function heldBy(keys: Overlay<IdempotencyRecord>, grant: Grant): IdempotencyRecord | undefined {
  const record = keys.get(nameOf(grant));
  const held =
    record?.fencingToken === grant.fencingToken &&
    record.state.processingState === 'pending' &&
    record.state.leaseExpiresAt !== null;
  return held ? record : undefined;
}

function changeHeld(
  keys: Overlay<IdempotencyRecord>,
  grant: Grant,
  change: (record: IdempotencyRecord) => IdempotencyRecord,
): boolean {
  const record = heldBy(keys, grant);
  if (record === undefined) return false;
  keys.set(nameOf(grant), change(record));
  return true;
}

function existing(record: IdempotencyRecord | undefined): IdempotencyRecord {
  if (record === undefined) throw new Error('a key that does not exist was judged as if it did');
  return record;
}

function newRecord(request: ClaimRequest, fencingToken: number): IdempotencyRecord {
  const { tenant, principal, operation, key, hashKid, schemaVersion, input, now } = request;
  return {
    tenant,
    principal,
    operation,
    key,
    requestHash: newRowHash(request),
    hashKid,
    schemaVersion,
    recoveryPoint: CLAIMED,
    phases: {},
    fencingToken,
    takeovers: 0,
    input,
    createdAt: now,
    state: pendingFor(request),
  };
}

function pendingFor(lease: { readonly now: UnixMs; readonly leaseMs: number }): RecordState {
  return { processingState: 'pending', leaseExpiresAt: leaseEnd(lease) };
}
