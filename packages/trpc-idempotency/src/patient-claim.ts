import type { Answer } from './answer.ts';
import { patience } from './patience.ts';
import type { Json, UnixMs } from './record.ts';
import type { RunningKeys } from './running-keys.ts';
import type { ClaimOutcome, ClaimRequest, IdempotencyStore } from './store.ts';

export interface WaitingTerms<Tx> {
  readonly store: IdempotencyStore<Tx>;
  readonly clock: () => UnixMs;
  readonly running: RunningKeys;
  readonly waitMs: number;
}

/** `shared` is what a run of this process answered, or what it threw. */
export type PatientOutcome = ClaimOutcome | { readonly kind: 'shared'; readonly answer: Answer<Json> };

/**
 * A claim that waits while another run has the key: for that run when it is in this process, for the row when it is
 * in another. Whoever waits for a run shares whatever comes of it, or a hundred duplicates of a run that could not
 * finish would each make their own. A lease that ends meanwhile goes to one of those who wait.
 */
export async function claimPatiently<Tx>(request: ClaimRequest, terms: WaitingTerms<Tx>): Promise<PatientOutcome> {
  const { store, clock, running, waitMs } = terms;
  let claim = await store.claim(request);
  if (claim.kind !== 'in-progress' || waitMs <= 0) return claim;

  const waiting = patience(waitMs);
  try {
    while (claim.kind === 'in-progress' && !waiting.isOver) {
      const run = running.find(request);
      const answer = run && (await waiting.await(run));
      // A run that lost its key to another process has no answer: from then on there is only the row to look at.
      if (answer && answer.kind !== 'in-progress') return { kind: 'shared', answer };
      if (!run) await waiting.pause();
      // A key that this process has just given back is for another one to take.
      if (running.isDraining) return claim;
      claim = await store.claim({ ...request, now: clock() });
    }
    return claim;
  } finally {
    waiting.end();
  }
}
