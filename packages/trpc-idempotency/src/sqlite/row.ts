import assert from 'node:assert/strict';
import type { IdempotencyRecord, RecordState, StoredAnswer } from '../record.ts';
import type { idempotencyKeys } from './tables.ts';

export type KeyRow = typeof idempotencyKeys.$inferSelect;

type StateColumns = Pick<
  KeyRow,
  | 'processingState'
  | 'leaseExpiresAt'
  | 'resumeAt'
  | 'createdAt'
  | 'statusCode'
  | 'responseHeaders'
  | 'responseBody'
  | 'completedAt'
  | 'expiresAt'
>;

export function recordOf(row: KeyRow): IdempotencyRecord {
  const { tenant, principal, operation, key, requestHash, hashKid, schemaVersion } = row;
  const { recoveryPoint, phases, fencingToken, takeovers, input, createdAt } = row;
  return {
    tenant,
    principal,
    operation,
    key,
    requestHash,
    hashKid,
    schemaVersion,
    recoveryPoint,
    phases,
    fencingToken,
    takeovers,
    input,
    createdAt,
    state: stateOf(row),
  };
}

export function stateOf(row: StateColumns): RecordState {
  switch (row.processingState) {
    case 'pending': {
      const { leaseExpiresAt, resumeAt, createdAt } = row;
      if (leaseExpiresAt !== null) return { processingState: 'pending', leaseExpiresAt };
      // A key that was given back before there was the column may be carried on at once.
      return { processingState: 'pending', leaseExpiresAt, resumeAt: resumeAt ?? createdAt };
    }
    case 'completed':
      return { processingState: 'completed', answer: answerOf(row) };
    case 'failed':
      return { processingState: 'failed' };
  }
}

/** The headers have a column of their own; everything else of the outcome is in the body. */
function answerOf({ responseBody, responseHeaders, statusCode, completedAt, expiresAt }: StateColumns): StoredAnswer {
  assert(
    responseBody && responseHeaders && statusCode !== null && completedAt !== null && expiresAt !== null,
    'a completed row without its answer: the checks of the table were not in force',
  );
  const { outcome, requestId } = responseBody;
  const hasHeaders = Object.keys(responseHeaders).length > 0;
  return {
    outcome: outcome.kind === 'settled' && hasHeaders ? { ...outcome, headers: responseHeaders } : outcome,
    statusCode,
    requestId,
    completedAt,
    expiresAt,
  };
}
