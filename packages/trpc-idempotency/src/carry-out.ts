import assert from 'node:assert/strict';
import type { z } from 'zod';
import { type Answer, finalAnswer, inProgress } from './answer.ts';
import type { EventDetail } from './events.ts';
import { judge } from './judge.ts';
import { keepReleasing } from './late-release.ts';
import { type Lease, LeaseLostError } from './lease.ts';
import type { Operation, RunOutcome } from './operation.ts';
import type { Json, StoredAnswer } from './record.ts';
import { resumption } from './resumption.ts';
import { createRun } from './run.ts';
import { type Progress, type RunTerms, RunTransactions } from './run-transactions.ts';
import type { ClaimRequest, Grant } from './store.ts';

/** One granted request, and where to say what becomes of it. */
export interface Granted {
  readonly request: ClaimRequest;
  readonly grant: Grant;
  readonly lease: Lease;
  readonly emit: (detail: EventDetail) => void;
}

/**
 * Runs an operation that was granted its key, and ends the grant in exactly one way: answer stored, key forgotten,
 * claim given back, or lost to another run, whose answer it then gives instead of its own.
 */
export async function carryOut<Tx, Input extends z.ZodType, Output extends Json>(
  work: { readonly operation: Operation<Tx, Input, Output>; readonly input: z.output<Input> },
  granted: Granted,
  terms: RunTerms<Tx>,
): Promise<Answer<Output>> {
  const { grant, lease, request, emit } = granted;
  const transactions = new RunTransactions(grant, lease, terms);
  try {
    const outcome = await work.operation.run(work.input, createRun(grant, lease, transactions));
    transactions.close();
    return await conclude({ outcome, progress: transactions.progress }, granted, terms);
  } catch (error) {
    transactions.close();
    const { progress } = transactions;
    if (progress.kind === 'ended') {
      emit(executed(progress.answer, request));
      throw error;
    }
    if (error instanceof LeaseLostError) return await afterLoss(granted, terms);
    if ((await giveBack(granted, terms)) === 'lost') return await afterLoss(granted, terms, error);
    throw error;
  } finally {
    lease.stop();
  }
}

async function conclude<Tx, Output extends Json>(
  { outcome, progress }: { readonly outcome: RunOutcome<Output>; readonly progress: Progress },
  granted: Granted,
  terms: RunTerms<Tx>,
): Promise<Answer<Output>> {
  const { grant, request, emit } = granted;
  if (progress.kind === 'ended') {
    assert(outcome.kind === progress.answer.outcome.kind, 'an operation returns another ending than it stored');
    emit(executed(progress.answer, request));
    return finalAnswer(progress.answer, false);
  }
  switch (outcome.kind) {
    case 'settled':
    case 'refused':
      return assert.fail(`an operation returns ${outcome.kind} without having stored it in a phase or in finish`);
    case 'rejected':
      assert(progress.kind === 'untouched', 'an operation rejects what an earlier phase has begun');
      if (!(await terms.store.forget(grant))) return afterLoss(granted, terms);
      emit({ kind: 'rejected', reason: outcome.reason });
      return outcome;
    case 'unfinished':
      if (!(await terms.store.release(grant, resumption(grant, outcome.retryAfterMs, terms))))
        return afterLoss(granted, terms);
      emit({ kind: 'released', reason: outcome.reason });
      return outcome;
  }
}

/**
 * This run's grant is over without its having ended it: read what the key has become. Another run's answer if there
 * is one, word that it is under way if not; or this run's own, when storage failed to tell of a commit it had made.
 *
 * @param error what the run threw, if it did: no answer for the client, but not to be lost either.
 */
async function afterLoss<Tx, Output extends Json>(
  { grant, request, emit }: Granted,
  { store, clock }: RunTerms<Tx>,
  error?: unknown,
): Promise<Answer<Output>> {
  const record = await store.find(grant);
  if (record?.fencingToken === grant.fencingToken && record.state.processingState === 'completed') {
    emit(executed(record.state.answer, request));
    return finalAnswer(record.state.answer, false);
  }

  emit({ kind: 'lease_lost', ...(error !== undefined && { error }) });
  const now = clock();
  const successor = judge(record, { ...request, now });
  switch (successor.kind) {
    case 'replay':
      emit({ kind: 'replayed' });
      return finalAnswer(successor.answer, true);
    case 'in-progress':
      return inProgress(successor.leaseExpiresAt, now);
    case 'mismatch':
    case 'quarantined':
      return successor;
    case 'new':
    case 'take-over':
    case 'quarantine':
      return inProgress(undefined, now);
  }
}

/**
 * Gives the key back while its run is still at work, because its process ends. From then on the run changes nothing,
 * like any other that was taken over, and whoever comes next need not wait for the lease to end.
 */
export async function stepDown<Tx>(
  { grant, lease, emit }: Granted,
  { store, clock }: Pick<RunTerms<Tx>, 'store' | 'clock'>,
): Promise<void> {
  const released = await store.release(grant, resumption(grant, 0, { clock })).catch(() => false);
  if (released) emit({ kind: 'released', reason: 'stopping' });
  lease.lose();
}

/** What storage does not let us give back now is tried again behind the answer. */
async function giveBack<Tx>(granted: Granted, terms: RunTerms<Tx>): Promise<'tried' | 'lost'> {
  const { grant, emit } = granted;
  const release = async () => terms.store.release(grant, resumption(grant, THREW_WAIT_MS, terms));
  const onReleased = () => emit({ kind: 'released', reason: 'threw' });
  const released = await release().catch(() => undefined);
  if (released === undefined) keepReleasing(release, { leaseMs: terms.leaseMs, onReleased });
  if (released) onReleased();
  return released === false ? 'lost' : 'tried';
}

/** What throws will most likely throw again: there is no hurry. */
const THREW_WAIT_MS = 1000;

export function executed({ outcome, completedAt }: StoredAnswer, { now }: ClaimRequest): EventDetail {
  const reason = outcome.kind === 'refused' ? outcome.reason : null;
  return { kind: 'executed', outcome: outcome.kind, reason, durationMs: completedAt - now };
}
