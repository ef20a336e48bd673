/** A JSON value: all that a key row can remember. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export type JsonObject = { readonly [name: string]: Json };

/** Milliseconds since the Unix epoch; branded, so that a duration or a count of seconds cannot pass for a time. */
export type UnixMs = number & { readonly unit: 'unix-ms' };

export function unixMs(milliseconds: number): UnixMs {
  return milliseconds as UnixMs;
}

/** Inside one scope a key is unique. Three columns and never a joined string, so that no separator can be forged. */
export interface Scope {
  readonly tenant: string;
  readonly principal: string;
  readonly operation: string;
}

export interface KeyRef extends Scope {
  readonly key: string;
}

/** The only two endings that are kept and replayed. An unknown outcome is never one of them. */
export type FinalOutcome =
  | { readonly kind: 'settled'; readonly output: Json; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly reason: string; readonly extras: JsonObject };

/** A final outcome with the request that made it: its id stays in the body however often it is replayed. */
export interface StoredAnswer {
  readonly outcome: FinalOutcome;
  /** The HTTP status it was answered with, kept so that a replay has the same one whatever the code says by then. */
  readonly statusCode: number;
  readonly requestId: string;
  readonly completedAt: UnixMs;
  readonly expiresAt: UnixMs;
}

/** The recovery point of a key on which no phase has been committed yet. */
export const CLAIMED = 'claimed';

export type RecordState =
  /** A run holds the key, or died with it. */
  | { readonly processingState: 'pending'; readonly leaseExpiresAt: UnixMs }
  /** The last run gave the key back in order. A client may come any moment; who comes unasked waits for `resumeAt`. */
  | { readonly processingState: 'pending'; readonly leaseExpiresAt: null; readonly resumeAt: UnixMs }
  | { readonly processingState: 'completed'; readonly answer: StoredAnswer }
  /** Quarantined: it crashed too often to be tried again without a person looking at it. */
  | { readonly processingState: 'failed' };

/** One key as it is remembered. */
export interface IdempotencyRecord extends KeyRef {
  readonly requestHash: string;
  readonly hashKid: string;
  readonly schemaVersion: number;
  readonly recoveryPoint: string;
  /** What each committed phase returned, by recovery point. */
  readonly phases: JsonObject;
  readonly fencingToken: number;
  /** Runs that ended without saying so: the lease ran out and another run took over. Orderly releases do not count. */
  readonly takeovers: number;
  readonly input: Json;
  readonly createdAt: UnixMs;
  readonly state: RecordState;
}
