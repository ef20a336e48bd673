import type { Breaker, BreakerPass, CallOutcome } from './breaker.ts';
import type { GiveUpWhy } from './events.ts';
import { waitUnlessHurried } from './hurry.ts';
import { createSteps } from './next-step.ts';
import { type CompleteOptions, type RetryOptions, withDefaults } from './options.ts';
import { type TimeLimited, withTimeLimit } from './time-limit.ts';
import type { Verdict } from './verdict.ts';

/** Which call this is, from 1, and the signal that aborts when its time is up or the caller stops. */
export interface Call {
  readonly attempt: number;
  readonly signal: AbortSignal;
}

export type Work<T> = (call: Call) => Promise<T>;

export type RetryResult<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly attempts: number }
  | {
      readonly kind: 'gave-up';
      readonly why: GiveUpWhy;
      /** What the last call threw; undefined when none was made. */
      readonly lastError: unknown;
      readonly attempts: number;
    };

/**
 * Calls `work` until it answers, until what it throws is not worth another call, or until attempts, time, budget or
 * breaker say stop. Repeats whatever `work` does: only give it what is safe to repeat. Never rejects because of `work`.
 */
export async function retry<T>(work: Work<T>, options: RetryOptions): Promise<RetryResult<T>> {
  const settings = withDefaults(options);
  const { now, signal, classify, onEvent, breaker, budget, hurry } = settings;
  const nextStep = createSteps(settings);
  let deadlineAt = now() + settings.totalDeadlineMs;
  let attempt = 0;
  let lastError: unknown;

  function giveUp(why: GiveUpWhy): RetryResult<T> {
    onEvent({ kind: 'gave-up', why });
    return { kind: 'gave-up', why, lastError, attempts: attempt };
  }

  for (;;) {
    deadlineAt += await offlineMs(settings);
    if (signal.aborted) return giveUp('aborted');
    const limitMs = Math.min(settings.perTryTimeoutMs, deadlineAt - now());
    if (limitMs <= 0) return giveUp('deadline');
    const pass = breaker?.admit();
    if (breaker && !pass) {
      if (await waitForBreaker(breaker, deadlineAt - now(), settings)) continue;
      return giveUp('breaker');
    }

    attempt += 1;
    if (attempt === 1) budget?.earn();
    const judged = await judge(pass, async () => {
      onEvent({ kind: 'attempt', attempt });
      const number = attempt;
      const end = await withTimeLimit((callSignal) => work({ attempt: number, signal: callSignal }), {
        limitMs,
        sleep: settings.sleep,
        signal,
      });
      return { end, verdict: end.kind === 'failed' ? classify(end.error) : undefined };
    });
    if (judged.end.kind === 'ok') {
      onEvent({ kind: 'ok', attempt });
      return { kind: 'ok', value: judged.end.value, attempts: attempt };
    }
    if (judged.end.kind === 'failed') lastError = judged.end.error;
    if (signal.aborted || !judged.verdict) return giveUp('aborted');

    onEvent({ kind: 'failed', attempt, why: judged.verdict.why, error: lastError });
    const step = nextStep(judged.verdict, deadlineAt - now());
    if (step.kind === 'give-up') return giveUp(step.why);
    const { waitMs, drawnMs, floorMs, retryAfterMs, why } = step;
    onEvent({ kind: 'waiting', attempt, waitMs, drawnMs, retryAfterMs, why });
    await waitUnlessHurried({ waitMs, floorMs, hurry }, settings);
  }
}

interface Judged<T> {
  readonly end: TimeLimited<T>;
  /** Undefined when there was no failure to judge. */
  readonly verdict: Verdict | undefined;
}

/** Tells the breaker what became of its pass, whatever happens: a probe that is never ended would keep it open. */
async function judge<T>(pass: BreakerPass | undefined, call: () => Promise<Judged<T>>): Promise<Judged<T>> {
  let outcome: CallOutcome = 'unknown';
  try {
    const judged = await call();
    outcome = outcomeOf(judged);
    return judged;
  } finally {
    pass?.end(outcome);
  }
}

function outcomeOf({ end, verdict }: Judged<unknown>): CallOutcome {
  if (end.kind === 'ok') return 'answered';
  switch (verdict?.why) {
    case undefined:
    case 'unrecognised':
      return 'unknown';
    case 'no-answer':
    case 'timeout':
    case 'body-cut':
    case 'unavailable':
    case 'internal':
      return 'failed';
    case 'in-use':
    case 'too-early':
    case 'throttled':
    case 'server-advice':
    case 'refused':
      return 'answered';
  }
}

/** Waits until the breaker may let a call through; false when that is not wanted or does not fit the deadline. */
async function waitForBreaker(
  breaker: Breaker,
  remainingMs: number,
  { whenOpen, sleep, signal, onEvent }: CompleteOptions,
): Promise<boolean> {
  const waitMs = breaker.admitsInMs();
  if (whenOpen === 'give-up' || waitMs >= remainingMs) return false;
  onEvent({ kind: 'breaker-open', waitMs });
  await sleep(waitMs, signal);
  return true;
}

/** Waits while there is no connection and says for how long: such time is nobody's failure and uses up no deadline. */
async function offlineMs({ connectivity, signal, now, onEvent }: CompleteOptions): Promise<number> {
  if (!connectivity || signal.aborted || connectivity.isOnline()) return 0;
  const since = now();
  onEvent({ kind: 'offline' });
  await connectivity.online(signal);
  if (!signal.aborted) onEvent({ kind: 'online' });
  return now() - since;
}
