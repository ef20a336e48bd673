import type { GiveUpWhy } from './events.ts';
import type { CompleteOptions } from './options.ts';
import type { RetryWhy, Verdict } from './verdict.ts';

export type NextStep =
  | {
      readonly kind: 'wait';
      readonly waitMs: number;
      readonly drawnMs: number;
      /** The least that is waited, whoever is in a hurry. */
      readonly floorMs: number;
      readonly retryAfterMs: number | undefined;
      readonly why: RetryWhy;
    }
  | { readonly kind: 'give-up'; readonly why: GiveUpWhy };

/** What follows a failed call. Remembers what the calls before it used up; one per `retry`. */
export function createSteps({ attempts, backoff, random, budget }: CompleteOptions) {
  const failures = new Map<RetryWhy, number>();
  let used = 0;
  let previousMs: number | undefined;

  return function next(verdict: Verdict, remainingMs: number): NextStep {
    if (verdict.kind === 'stop') return { kind: 'give-up', why: 'not-retryable' };
    const { why, uses, retriesMax = Number.POSITIVE_INFINITY } = verdict;

    const ofThisKind = (failures.get(why) ?? 0) + 1;
    failures.set(why, ofThisKind);
    if (uses === 'attempt') used += 1;
    if (used >= attempts || ofThisKind > retriesMax) return { kind: 'give-up', why: 'attempts' };

    const drawnMs = backoff({ retry: Math.max(1, used), previousMs, random });
    const floorMs = floorOf(verdict);
    const waitMs = floorMs + drawnMs;
    // Nothing could be sent after a wait that does not fit, so the answer "not known yet" is given now and not then.
    if (waitMs >= remainingMs) return { kind: 'give-up', why: 'deadline' };
    // Waiting for a run that is at work adds no load worth counting; only a failure has to be paid for.
    if (uses === 'attempt' && budget && !budget.spend()) return { kind: 'give-up', why: 'budget' };
    previousMs = drawnMs;
    return { kind: 'wait', waitMs, drawnMs, floorMs, retryAfterMs: verdict.retryAfterMs, why };
  };
}

/**
 * Nobody comes back before the server asked for. The draw is laid on top of it: were the longer of the two taken, all
 * clients with a short draw would come back in the same moment.
 */
function floorOf({ uses, retryAfterMs = 0 }: Verdict & { kind: 'retry' }): number {
  return uses === 'deadline' ? Math.max(IN_USE_WAIT_MS_MIN, retryAfterMs) : retryAfterMs;
}

/** Such waits use up no attempt, so a short draw or a `Retry-After: 0` must not turn them into a busy loop. */
const IN_USE_WAIT_MS_MIN = 250;
