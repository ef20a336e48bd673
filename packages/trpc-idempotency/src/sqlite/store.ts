import assert from 'node:assert/strict';
import { grantOf, leaseEnd, newRowHash } from '../grant.ts';
import { isDecided, judge } from '../judge.ts';
import { CLAIMED, type FinalOutcome, type KeyRef, unixMs } from '../record.ts';
import type { ClaimOutcome, ClaimRequest, Durability, Grant, IdempotencyStore } from '../store.ts';
import { deleteExpired, selectAbandoned } from './aftermath-queries.ts';
import {
  deleteKey,
  insertKey,
  nextToken,
  quarantineKey,
  selectForClaim,
  selectKey,
  takeOverKey,
} from './claim-queries.ts';
import { advanceKey, completeKey, forgetKey, type Held, releaseKey, selectHeld, setLease } from './grant-queries.ts';
import { recordOf, stateOf } from './row.ts';
import type { Queries } from './statement.ts';

export interface SqliteStoreOptions<Tx extends Queries> {
  /**
   * The host's one way to write: a `BEGIN IMMEDIATE` transaction, answered when it is committed, and when it is on the
   * disk unless its durability is `deferred`. A host may make all of them durable.
   */
  readonly write: <T>(job: (tx: Tx) => Promise<T>, durability: Durability) => Promise<T>;
  /** Sees what is committed and nothing else. */
  readonly reader: Queries;
}

/** Keys in the host's own SQLite file, so that an answer is committed with the effects that it speaks of. */
export function createSqliteStore<Tx extends Queries>({ write, reader }: SqliteStoreOptions<Tx>): IdempotencyStore<Tx> {
  return {
    async claim(request) {
      // Most duplicates are decided by a row that is committed already. They cost a read; only a grant costs a commit.
      const seen = await look(reader, request);
      return isDecided(seen.judgement)
        ? seen.judgement
        : write((tx) => claimIn(tx, request), request.durability ?? 'durable');
    },

    claimWithin: claimIn,
    transaction: (work, durability = 'durable') => write(work, durability),
    holds: async (tx, grant) => (await tx.query(selectHeld, heldBy(grant))).length > 0,

    async advance(tx, grant, { recoveryPoint, data }) {
      const { changes } = await tx.query(advanceKey, { ...heldBy(grant), recoveryPoint, data: JSON.stringify(data) });
      return changes > 0;
    },

    async complete(tx, grant, { outcome, statusCode, now, retentionMs }) {
      const { changes } = await tx.query(completeKey, {
        ...heldBy(grant),
        statusCode,
        ...splitOutcome(outcome, grant.requestId),
        completedAt: now,
        expiresAt: unixMs(now + retentionMs),
      });
      return changes > 0;
    },

    renew: (grant, lease) =>
      write(
        async (tx) => (await tx.query(setLease, { ...heldBy(grant), leaseExpiresAt: leaseEnd(lease) })).changes > 0,
        'deferred',
      ),

    release: (grant, { resumeAt }) =>
      write(async (tx) => (await tx.query(releaseKey, { ...heldBy(grant), resumeAt })).changes > 0, 'deferred'),

    forget: (grant) => write(async (tx) => (await tx.query(forgetKey, heldBy(grant))).changes > 0, 'durable'),

    async find(ref) {
      const [row] = await reader.query(selectKey, refOf(ref));
      return row && recordOf(row);
    },

    async abandoned({ operations, now, leaseMs, limit }) {
      const leaseEndMax = unixMs(now + 2 * leaseMs);
      const names = JSON.stringify(operations);
      const rows = await reader.query(selectAbandoned, { operations: names, now, leaseEndMax, limit });
      return rows.map(recordOf);
    },

    reap: (terms) => write(async (tx) => (await tx.query(deleteExpired, terms)).changes, 'deferred'),
  };
}

async function claimIn(tx: Queries, request: ClaimRequest): Promise<ClaimOutcome> {
  const { row, judgement } = await look(tx, request);
  switch (judgement.kind) {
    case 'new': {
      const admission = request.admit?.() ?? { admitted: true };
      if (!admission.admitted) return { kind: 'limited', retryAfterMs: admission.retryAfterMs };
      if (judgement.replacesExpired) await tx.query(deleteKey, refOf(request));
      const fencingToken = await takeToken(tx);
      await insertNew(tx, request, fencingToken);
      const fresh = { fencingToken, recoveryPoint: CLAIMED, phases: {}, createdAt: request.now };
      const { replacesExpired: replacedExpired } = judgement;
      return { kind: 'granted', grant: grantOf(fresh, request), replacedExpired, tookOver: false };
    }
    case 'take-over': {
      assert(row, 'only a row that exists is taken over');
      const { takeovers } = judgement;
      const fencingToken = await takeToken(tx);
      const leaseExpiresAt = leaseEnd(request);
      await tx.query(takeOverKey, { ...refOf(request), fencingToken, leaseExpiresAt, takeovers });
      const grant = grantOf({ ...row, fencingToken }, request);
      return { kind: 'granted', grant, replacedExpired: false, tookOver: takeovers > row.takeovers };
    }
    case 'quarantine':
      await tx.query(quarantineKey, refOf(request));
      return { kind: 'quarantined' };
    default:
      return judgement;
  }
}

async function look(queries: Queries, request: ClaimRequest) {
  const [row] = await queries.query(selectForClaim, refOf(request));
  return { row, judgement: judge(row && { ...row, state: stateOf(row) }, request) };
}

async function insertNew(tx: Queries, request: ClaimRequest, fencingToken: number): Promise<void> {
  await tx.query(insertKey, {
    ...refOf(request),
    requestHash: newRowHash(request),
    hashKid: request.hashKid,
    schemaVersion: request.schemaVersion,
    fencingToken,
    leaseExpiresAt: leaseEnd(request),
    input: request.input,
    createdAt: request.now,
  });
}

async function takeToken(tx: Queries): Promise<number> {
  const [next] = await tx.query(nextToken, {});
  assert(next, 'the fencing sequence answers with a token');
  return next.token;
}

function splitOutcome(outcome: FinalOutcome, requestId: string) {
  if (outcome.kind === 'refused') return { responseHeaders: {}, responseBody: { requestId, outcome } };
  const { headers = {}, ...body } = outcome;
  return { responseHeaders: headers, responseBody: { requestId, outcome: body } };
}

/** Exactly the columns of the scope and the key: a request or a grant carries more than a statement has names for. */
function refOf({ tenant, principal, operation, key }: KeyRef): KeyRef {
  return { tenant, principal, operation, key };
}

function heldBy(grant: Grant): Held {
  return { ...refOf(grant), fencingToken: grant.fencingToken };
}
