import type { z } from 'zod';
import { NotJsonError, toJson } from './json.ts';
import type { AnyOperation, Operation } from './operation.ts';
import type { EngineSettings } from './options.ts';
import type { IdempotencyRecord, Json } from './record.ts';
import { requestHasher } from './request-hash.ts';
import type { Admission, ClaimRequest } from './store.ts';

/** Who asks, and under which key. */
export interface Caller {
  readonly tenant: string;
  readonly principal: string;
  readonly key: string;
  readonly requestId: string;
  /** Asked only for a new key: whether there is room for it. */
  readonly admit?: (() => Admission) | undefined;
  /** How long a duplicate waits for the answer of the first before it is told to come back. Default 0: not at all. */
  readonly waitMs?: number | undefined;
}

/** A client's claim: the content it sent is hashed and compared, and remembered when the key is new. */
export function clientClaim<Tx, Input extends z.ZodType, Output extends Json>(
  operation: Operation<Tx, Input, Output>,
  input: z.output<Input>,
  { caller, settings }: { readonly caller: Caller; readonly settings: EngineSettings<Tx> },
): ClaimRequest {
  const { hashKeys, hashKid, leaseMs, clock } = settings;
  // An operation without input is remembered with JSON's word for nothing.
  const json = input === undefined ? null : inputJson(input);
  return {
    tenant: caller.tenant,
    principal: caller.principal,
    operation: operation.name,
    key: caller.key,
    requestHash: requestHasher(hashKeys, { operation, input: json }),
    hashKid,
    schemaVersion: operation.version,
    input: json,
    requestId: caller.requestId,
    now: clock(),
    leaseMs,
    durability: operation.durableFrom === undefined ? 'durable' : 'deferred',
    ...(caller.admit && { admit: caller.admit }),
  };
}

/** What was sent can be read and not be remembered. Adapters answer it as any other input of the wrong form. */
export class InputNotJsonError extends NotJsonError {}

function inputJson(input: unknown): Json {
  try {
    return toJson(input, 'input');
  } catch (error) {
    throw error instanceof NotJsonError ? new InputNotJsonError(error.place, error.found) : error;
  }
}

/**
 * The claim of a key in its client's stead. It has the row's own hash, so that a retired hash key is no hindrance, and
 * never makes a new key: what was forgotten or has expired meanwhile is nothing that anybody waits for.
 */
export function resumedClaim<Tx>(
  record: IdempotencyRecord,
  { leaseMs, clock }: EngineSettings<Tx>,
  { evenQuarantined = false }: { readonly evenQuarantined?: boolean } = {},
): ClaimRequest {
  const { tenant, principal, operation, key, requestHash, hashKid, schemaVersion, input, fencingToken } = record;
  return {
    tenant,
    principal,
    operation,
    key,
    requestHash: (kid, version) => (kid === hashKid && version === schemaVersion ? requestHash : undefined),
    hashKid,
    schemaVersion,
    input,
    // Names the run that was abandoned, so that the logs of both are found together.
    requestId: `completer-${fencingToken}`,
    now: clock(),
    leaseMs,
    admit: () => ({ admitted: false, retryAfterMs: 0 }),
    evenQuarantined,
  };
}

/**
 * The operation on what was stored of its input. That is parsed already, and parsing it twice could change it (euros
 * to cents, twice), so only what another version stored is read through the schema of this one. Read inside the run,
 * where a failure gives the key back like every other.
 */
export function resumedWork<Tx>(operation: AnyOperation<Tx>, { schemaVersion, input }: IdempotencyRecord) {
  const isOwn = schemaVersion === operation.version;
  const run: typeof operation.run = async (_none, handle) =>
    operation.run(isOwn ? input : operation.input.parse(input), handle);
  return { operation: { ...operation, run }, input };
}
