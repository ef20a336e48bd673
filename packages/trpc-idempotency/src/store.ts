import type { FinalOutcome, IdempotencyRecord, Json, JsonObject, KeyRef, StoredAnswer, UnixMs } from './record.ts';

/** The right to run, as one claim gave it. Every later write repeats its fencing token. */
export interface Grant extends KeyRef {
  /** Grows with each grant over all keys; a write that carries an older one changes nothing. */
  readonly fencingToken: number;
  /** True when an earlier run got as far as `recoveryPoint` and this one goes on from there. */
  readonly resumed: boolean;
  readonly recoveryPoint: string;
  readonly phases: JsonObject;
  /** When the key was first claimed. The same for every run of it. */
  readonly startedAt: UnixMs;
  readonly requestId: string;
}

export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly retryAfterMs: number };

/**
 * When a commit is on the disk. `durable`: before anybody hears of it. `deferred`: soon after. A process that dies loses
 * neither; a power cut may take back deferred commits, the newest first and never one before a durable one.
 */
export type Durability = 'durable' | 'deferred';

export interface ClaimRequest extends KeyRef {
  /**
   * The hash of this request's input as that key and schema version would have made it; undefined when either is
   * no longer known, which counts as a mismatch: what cannot be compared is not replayed.
   */
  readonly requestHash: (hashKid: string, schemaVersion: number) => string | undefined;
  /** Key id and version that a new row is written with. */
  readonly hashKid: string;
  readonly schemaVersion: number;
  /** Parsed input, kept so that the work can be finished without the client. */
  readonly input: Json;
  readonly requestId: string;
  readonly now: UnixMs;
  readonly leaseMs: number;
  /** Asked only when the key is new, inside the claim: a known key is never turned away by a limit. */
  readonly admit?: () => Admission;
  /** Grants a key that was put aside. For a host that has looked at it, once, and never for a client. */
  readonly evenQuarantined?: boolean;
  /** Of the commit that grants the key. Default `durable`. */
  readonly durability?: Durability;
}

export type ClaimOutcome =
  /**
   * `replacedExpired`: the key was known once and its retention had ended, so this claim made it a new one.
   * `tookOver`: a run held the key and its lease ended without a word; a key that was given back is not taken over.
   */
  | {
      readonly kind: 'granted';
      readonly grant: Grant;
      readonly replacedExpired: boolean;
      readonly tookOver: boolean;
    }
  | { readonly kind: 'replay'; readonly answer: StoredAnswer }
  | { readonly kind: 'in-progress'; readonly leaseExpiresAt: UnixMs }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'quarantined' }
  | { readonly kind: 'limited'; readonly retryAfterMs: number };

export interface Completion {
  readonly outcome: FinalOutcome;
  readonly statusCode: number;
  readonly now: UnixMs;
  readonly retentionMs: number;
}

/** Which keys to list: pending, their lease over or their `resumeAt` come. */
export interface AbandonedSearch {
  readonly operations: readonly string[];
  readonly now: UnixMs;
  /** A lease further ahead than two of these was written before the clock was set back, and counts as over. */
  readonly leaseMs: number;
  readonly limit: number;
}

/**
 * Where keys are kept. `Tx` is the host's own transaction: the answer is completed inside the transaction that
 * holds the effects, so that neither exists without the other.
 *
 * Every method that takes a grant compares its fencing token and answers false when another run has taken over.
 * False inside a transaction means: roll back, you are a zombie.
 */
export interface IdempotencyStore<Tx> {
  /** The one atomic step that decides who runs. An expired row counts as absent; then hash, state and lease. */
  claim(request: ClaimRequest): Promise<ClaimOutcome>;
  /** The same inside a transaction: the grant is committed with all that it writes, or not at all. */
  claimWithin(tx: Tx, request: ClaimRequest): Promise<ClaimOutcome>;
  /** Its commit is `durable` by default. */
  transaction<T>(work: (tx: Tx) => Promise<T>, durability?: Durability): Promise<T>;
  /** Whether this grant still holds the key. Asked first in a phase whose lease may be over, so that a zombie runs no effect. */
  holds(tx: Tx, grant: Grant): Promise<boolean>;
  advance(tx: Tx, grant: Grant, phase: { readonly recoveryPoint: string; readonly data: Json }): Promise<boolean>;
  complete(tx: Tx, grant: Grant, end: Completion): Promise<boolean>;
  /** Heartbeat: moves the end of the lease. Deferred: one that is lost is a lease that ends sooner. */
  renew(grant: Grant, lease: { readonly now: UnixMs; readonly leaseMs: number }): Promise<boolean>;
  /**
   * Gives the claim back at its recovery point; the next request with the key goes on from there, whenever it comes.
   * `resumeAt` is for `abandoned` only. Deferred: one that is lost is a lease that ends later.
   */
  release(grant: Grant, wait: { readonly resumeAt: UnixMs }): Promise<boolean>;
  /**
   * Removes a key whose run has changed nothing: as if it had never been sent. Only at recovery point `claimed`. Durable:
   * its client is told that it is over, and nobody may carry it on after that.
   */
  forget(grant: Grant): Promise<boolean>;
  find(ref: KeyRef): Promise<IdempotencyRecord | undefined>;
  /** Keys that were begun and that nobody is at, those first that have waited longest. Changes nothing. */
  abandoned(search: AbandonedSearch): Promise<IdempotencyRecord[]>;
  /**
   * Deletes answers whose retention has ended, the oldest first and at most `limit`, in one transaction. Never a key
   * without an answer, however old.
   *
   * @returns how many it deleted.
   */
  reap(terms: { readonly now: UnixMs; readonly limit: number }): Promise<number>;
}
