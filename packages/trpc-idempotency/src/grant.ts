import type { IdempotencyRecord, UnixMs } from './record.ts';
import { unixMs } from './record.ts';
import type { ClaimRequest, Grant } from './store.ts';

type GrantedRecord = Pick<IdempotencyRecord, 'fencingToken' | 'recoveryPoint' | 'phases' | 'createdAt'>;

/** What a store hands out for a row it has just written. */
export function grantOf(record: GrantedRecord, request: ClaimRequest): Grant {
  const { tenant, principal, operation, key, requestId } = request;
  return {
    tenant,
    principal,
    operation,
    key,
    requestId,
    fencingToken: record.fencingToken,
    recoveryPoint: record.recoveryPoint,
    phases: record.phases,
    resumed: Object.keys(record.phases).length > 0,
    startedAt: record.createdAt,
  };
}

/** The hash that a new row is written with. A request that cannot hash under its own key could never be replayed. */
export function newRowHash(request: ClaimRequest): string {
  const hash = request.requestHash(request.hashKid, request.schemaVersion);
  if (hash === undefined) throw new Error(`no hash key ${request.hashKid} to write a new row with`);
  return hash;
}

export function leaseEnd({ now, leaseMs }: { readonly now: UnixMs; readonly leaseMs: number }): UnixMs {
  return unixMs(now + leaseMs);
}
