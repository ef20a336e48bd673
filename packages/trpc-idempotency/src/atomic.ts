import assert from 'node:assert/strict';
import type { z } from 'zod';
import { type Answer, finalAnswer } from './answer.ts';
import { executed } from './carry-out.ts';
import type { EventDetail } from './events.ts';
import { isDecided, judge } from './judge.ts';
import type { Lease } from './lease.ts';
import type { Operation, Rejected, Unfinished } from './operation.ts';
import type { Json, StoredAnswer } from './record.ts';
import { createRun, RolledBack } from './run.ts';
import { type RunTerms, RunTransactions } from './run-transactions.ts';
import type { ClaimOutcome, ClaimRequest, Grant, IdempotencyStore } from './store.ts';

interface AtomicWork<Tx, Input extends z.ZodType, Output extends Json> {
  readonly operation: Operation<Tx, Input, Output>;
  readonly input: z.output<Input>;
}

interface Surroundings<Tx> {
  readonly terms: RunTerms<Tx>;
  readonly emit: (detail: EventDetail) => void;
}

type AtomicOutcome<Output extends Json> =
  | { readonly kind: 'answered'; readonly answer: Answer<Output> }
  | Exclude<ClaimOutcome, { kind: 'granted' }>;

/**
 * Claim, effects and answer in one commit, for an operation that asks nobody outside:
 *
 *   BEGIN ─ claim ── granted ─► effects + answer ─ COMMIT ─► answer
 *              └── anything else ─► told so, nothing written
 *
 * No crash can leave anything in between, so there is no lease to keep and nothing to carry on.
 */
export async function carryOutAtomically<Tx, Input extends z.ZodType, Output extends Json>(
  work: AtomicWork<Tx, Input, Output>,
  request: ClaimRequest,
  { terms, emit }: Surroundings<Tx>,
): Promise<AtomicOutcome<Output>> {
  const { store } = terms;
  // Most repeats are decided by a row that is committed already. They cost a read.
  const seen = judge(await store.find(request), request);
  if (isDecided(seen)) return seen;

  let grant: Grant | undefined;
  try {
    const done = await store.transaction(async (tx) => {
      const claim = await store.claimWithin(tx, request);
      if (claim.kind !== 'granted') return claim;
      grant = claim.grant;
      return { kind: 'done', answer: await runWithin(tx, { work, grant, terms }) } as const;
    });
    if (done.kind !== 'done') return done;
    if (seen.kind === 'new' && seen.replacesExpired) emit({ kind: 'expired' });
    return answered(done.answer);
  } catch (error) {
    if (error instanceof Undone) {
      const { outcome } = error;
      if (outcome.kind === 'rejected') emit({ kind: 'rejected', reason: outcome.reason });
      return { kind: 'answered', answer: outcome };
    }
    const answer = grant && (await ownAnswer(grant, request, store));
    if (!answer) throw error;
    return answered(answer);
  }

  function answered(answer: StoredAnswer): AtomicOutcome<Output> {
    emit(executed(answer, request));
    return { kind: 'answered', answer: finalAnswer(answer, false) };
  }
}

async function runWithin<Tx, Input extends z.ZodType, Output extends Json>(
  tx: Tx,
  { work, grant, terms }: { work: AtomicWork<Tx, Input, Output>; grant: Grant; terms: RunTerms<Tx> },
): Promise<StoredAnswer> {
  let failure: { readonly error: unknown } | undefined;
  let hasRejected = false;
  const store: IdempotencyStore<Tx> = {
    ...terms.store,
    transaction: (job) =>
      job(tx).catch((error: unknown) => {
        if (error instanceof RolledBack) hasRejected = true;
        else failure ??= { error };
        throw error;
      }),
  };
  const transactions = new RunTransactions(grant, UNENDING, { ...terms, store, durableFrom: undefined });
  const run = createRun<Tx, Output>(grant, UNENDING, transactions);
  const { operation, input } = work;
  const call = (name: string) => Promise.reject(new assert.AssertionError({ message: `${name}: ${NO_CALLS}` }));
  const outcome = await operation.run(input, { ...run, call });
  transactions.close();
  // There is one transaction and no going back to before the step that failed.
  if (failure) throw failure.error;
  assert(!hasRejected || outcome.kind === 'rejected', 'an atomic operation goes on after one of its phases rejected');
  const { progress } = transactions;
  if (progress.kind === 'ended') return progress.answer;
  if (outcome.kind === 'rejected' || outcome.kind === 'unfinished') throw new Undone(outcome);
  return assert.fail(`an operation returns ${outcome.kind} without having stored it`);
}

const NO_CALLS = 'an atomic operation asks nobody outside, as all that write would wait for the answer';

/** Nobody can take a key from a transaction that has not ended. */
const UNENDING: Lease = {
  signal: new AbortController().signal,
  seemsOver: () => false,
  lose: () => undefined,
  stop: () => undefined,
};

/**
 * Storage may fail to tell of a commit that it has made. Or the commit was undone and its fencing token with it, so that
 * the next run has the same: whose content it is tells them apart.
 */
async function ownAnswer<Tx>(
  grant: Grant,
  request: ClaimRequest,
  store: IdempotencyStore<Tx>,
): Promise<StoredAnswer | undefined> {
  const record = await store.find(grant).catch(() => undefined);
  if (record?.fencingToken !== grant.fencingToken) return undefined;
  const own = judge(record, request);
  return own.kind === 'replay' ? own.answer : undefined;
}

/** Carries an ending that keeps nothing out of the transaction, so that the claim is rolled back with the rest. */
class Undone extends Error {
  readonly outcome: Rejected | Unfinished;

  constructor(outcome: Rejected | Unfinished) {
    super(`an atomic operation is ${outcome.kind}`);
    this.outcome = outcome;
  }
}
