import assert from 'node:assert/strict';
import { type AnswerLimits, sealOutcome } from './ending.ts';
import { type Lease, LeaseLostError } from './lease.ts';
import type { Refused, Settled } from './operation.ts';
import { CLAIMED, type FinalOutcome, type Json, type StoredAnswer, type UnixMs, unixMs } from './record.ts';
import { assertStatus, hasBody } from './status.ts';
import type { Durability, Grant, IdempotencyStore } from './store.ts';

export interface RunTerms<Tx> extends AnswerLimits {
  readonly store: IdempotencyStore<Tx>;
  readonly clock: () => UnixMs;
  readonly leaseMs: number;
  readonly retentionMs: number;
  /** See `Operation`. */
  readonly durableFrom: string | undefined;
  readonly statusOf: (outcome: FinalOutcome) => number;
}

/** What one run has committed so far. */
export type Progress =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'under-way' }
  | { readonly kind: 'ended'; readonly answer: StoredAnswer };

/** The transactions of one granted run: one at a time, what is committed is behind the fence, and nothing is after the run is over. */
export class RunTransactions<Tx> {
  readonly #grant: Grant;
  readonly #lease: Lease;
  readonly #terms: RunTerms<Tx>;
  #progress: Progress;
  #inside: string | undefined;
  #isDurable: boolean;
  #closed = false;

  constructor(grant: Grant, lease: Lease, terms: RunTerms<Tx>) {
    this.#grant = grant;
    this.#lease = lease;
    this.#terms = terms;
    this.#progress = grant.recoveryPoint === CLAIMED ? { kind: 'untouched' } : { kind: 'under-way' };
    const { durableFrom } = terms;
    this.#isDurable = durableFrom === undefined || Object.hasOwn(grant.phases, durableFrom);
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Throws when `step` comes at a time when no run may do anything: a bug of the operation, or a lost lease. */
  assertOpen(step: string): void {
    assert(!this.#closed, `${step} after the run was over`);
    assert(this.#progress.kind !== 'ended', `${step} after the answer was stored`);
    assert(this.#inside === undefined, `${step} inside the transaction of ${this.#inside}`);
    this.throwIfLost();
  }

  throwIfLost(): void {
    if (this.#lease.signal.aborted) throw new LeaseLostError(this.#grant);
  }

  /** Whether the run has come to where commits wait for the disk: from the step that the operation names on, each does. */
  enter(step: string): Durability {
    this.#isDurable ||= step === this.#terms.durableFrom;
    return this.#isDurable ? 'durable' : 'deferred';
  }

  /**
   * Effects, and recovery point or answer behind the fence: one commit. `work` says what it will have committed; the
   * progress follows the commit and never runs ahead of it.
   */
  async transact<Result>(
    step: string,
    work: (tx: Tx) => Promise<readonly [Result, Progress]>,
    durability: Durability = 'durable',
  ): Promise<Result> {
    const { store } = this.#terms;
    this.assertOpen(step);
    this.#inside = step;
    try {
      const [result, committed] = await store.transaction(async (tx) => {
        // That a zombie changes nothing is for the write that ends the phase to see to; here it need not even begin.
        if (this.#lease.seemsOver()) this.#fence(await store.holds(tx, this.#grant));
        return work(tx);
      }, durability);
      this.#progress = committed;
      return result;
    } finally {
      this.#inside = undefined;
    }
  }

  async advance(tx: Tx, phase: { readonly recoveryPoint: string; readonly data: Json }): Promise<Progress> {
    this.#fence(await this.#terms.store.advance(tx, this.#grant, phase));
    return { kind: 'under-way' };
  }

  async complete(tx: Tx, ending: Settled<Json> | Refused): Promise<Progress> {
    const { store, clock, retentionMs, statusOf, durableFrom } = this.#terms;
    assert(
      this.#isDurable || ending.kind === 'refused',
      `settled before ${durableFrom}, from which on a commit waits for the disk`,
    );
    const outcome = sealOutcome(ending, this.#terms);
    const statusCode = statusOf(outcome);
    assertStatus(statusCode);
    assert(
      outcome.kind === 'settled' || hasBody(statusCode),
      `an answer with the status ${statusCode} has no body, in which a refusal says why`,
    );
    const completedAt = clock();
    this.#fence(await store.complete(tx, this.#grant, { outcome, statusCode, now: completedAt, retentionMs }));

    const { requestId } = this.#grant;
    const expiresAt = unixMs(completedAt + retentionMs);
    return { kind: 'ended', answer: { outcome, statusCode, requestId, completedAt, expiresAt } };
  }

  /** From here on the run's handle changes nothing more, whoever still holds it. */
  close(): void {
    this.#closed = true;
  }

  #fence(held: boolean): void {
    if (held) return;
    this.#lease.lose();
    throw new LeaseLostError(this.#grant);
  }
}
