import type { z } from 'zod';
import type { Json, JsonObject, UnixMs } from './record.ts';

/** The phase is committed and the run goes on with `data`, now or after a crash. */
export interface Proceed<Data extends Json> {
  readonly kind: 'proceed';
  readonly data: Data;
}

/** Done. Kept and replayed. */
export interface Settled<Output extends Json> {
  readonly kind: 'settled';
  readonly output: Output;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A definite no. Kept and replayed. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
  readonly extras: JsonObject;
}

/** A no that is not kept: nothing was changed and the key is free again. Only before the first phase is committed. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: string;
  readonly extras: JsonObject;
}

/** Neither yes nor no, yet. The claim is given back at its last recovery point and the same key goes on from there. */
export interface Unfinished {
  readonly kind: 'unfinished';
  readonly reason: string;
  readonly retryAfterMs: number;
}

export const proceed = <Data extends Json>(data: Data): Proceed<Data> => ({ kind: 'proceed', data });
export const settled = <Output extends Json>(output: Output, headers?: Record<string, string>): Settled<Output> =>
  headers ? { kind: 'settled', output, headers } : { kind: 'settled', output };
export const refused = (reason: string, extras: JsonObject = {}): Refused => ({ kind: 'refused', reason, extras });
export const rejected = (reason: string, extras: JsonObject = {}): Rejected => ({ kind: 'rejected', reason, extras });
export const unfinished = (reason: string, retryAfterMs: number): Unfinished => ({
  kind: 'unfinished',
  reason,
  retryAfterMs,
});

export type RunOutcome<Output extends Json> = Settled<Output> | Refused | Rejected | Unfinished;

/** How a phase may end. A phase that only proceeds has only that for its type: there is nothing else to look at. */
export type PhaseStep<Output extends Json> = Proceed<Json> | Settled<Output> | Refused | Rejected;

/** What a run is given. Everything it changes goes through `phase` or `finish`; everything it asks goes through `call`. */
export interface Run<Tx, Output extends Json> {
  readonly tenant: string;
  readonly principal: string;
  readonly idempotencyKey: string;
  readonly requestId: string;
  /** When the key was first claimed: a resumed run sees the same value, so what it computes stays the same. */
  readonly startedAt: UnixMs;
  /** True when an earlier run committed a phase: a foreign call may have been made already, so look before you repeat it. */
  readonly resumed: boolean;
  /**
   * One transaction between two foreign calls. It commits what `work` did together with the recovery point and the
   * fence check, or nothing. On a resumed run a phase that was committed is not run again: its data is returned. Of one
   * that refuses before the operation's `durableFrom` only the answer is kept.
   */
  phase<Step extends PhaseStep<Output>>(recoveryPoint: string, work: (tx: Tx) => Promise<Step>): Promise<Step>;
  /** A foreign call, never inside a transaction. The signal aborts when the lease is lost. */
  call<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** The last transaction: the effects, the stored answer and the fence check in one commit. */
  finish<Ending extends Settled<Output> | Refused>(work: (tx: Tx) => Promise<Ending>): Promise<Ending>;
}

/** A named, versioned write. Adapters and the completer run the same one. */
export interface Operation<Tx, Input extends z.ZodType, Output extends Json> {
  /** Unique in the app; part of the scope and of the request hash. */
  readonly name: string;
  /** Raised when the meaning of the input changes. A stored key is compared under the version it was made with. */
  readonly version: number;
  readonly input: Input;
  /**
   * It asks nobody outside: claim, effects and answer are one commit, and no crash leaves anything to be carried on. Its
   * run may not call. Default false.
   */
  readonly isAtomic?: boolean;
  /** How long its answers are replayed, from their completion. Default: the engine's `retentionMs`. */
  readonly retentionMs?: number;
  /**
   * The recovery point, or `finish`, whose commit is the first that waits for the disk; claim and phases before it do not.
   * A run that a power cut took back is then begun as if it had never been, so until there nothing may be changed
   * outside, or nothing that repeating harms. An answer is on the disk before it is given all the same: a phase before
   * that may refuse, and then nothing is kept but that it did. Default: each commit waits.
   */
  readonly durableFrom?: string;
  run(input: z.output<Input>, run: Run<Tx, Output>): Promise<RunOutcome<Output>>;
}

/** An operation among others, whatever it takes and gives. */
export type AnyOperation<Tx> = Operation<Tx, z.ZodType, Json>;

export function defineOperation<Tx, Input extends z.ZodType, Output extends Json>(
  operation: Operation<Tx, Input, Output>,
): Operation<Tx, Input, Output> {
  return operation;
}
