import type { GaveUpWhy } from './events.ts';
import { checkedOptions, type RetryOptions } from './retry-options.ts';
import { withTimeLimit } from './time-limit.ts';
import type { Verdict } from './verdict.ts';

export type RetryResult<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly attempts: number }
  | { readonly kind: 'gave-up'; readonly why: GaveUpWhy; readonly lastError: unknown; readonly attempts: number };

export interface Call {
  /** Counts calls made and starts at 1. */
  readonly attempt: number;
  /** Aborts at the per-try timeout, at the deadline and when the caller stops. */
  readonly signal: AbortSignal;
}

/** Retry-After is honoured up to here; a server that asks for more gets us after the deadline, which is never. */
const RETRY_AFTER_MAX_MS = 60_000;

/** A part of the server's wait on top of it, so that all who were told the same second do not come in it. */
const RETRY_AFTER_JITTER = 0.2;

/**
 * Calls `work` until it succeeds, until a failure says that another call is no use, or until attempts, deadline,
 * budget or breaker end it. Never rejects: giving up is an outcome, and what it means is for the caller to say.
 *
 * @throws RangeError for options that no loop could keep to.
 */
export async function retry<T>(work: (call: Call) => Promise<T>, options: RetryOptions): Promise<RetryResult<T>> {
  const settings = checkedOptions(options);
  const { now, signal, onEvent } = settings;
  let deadlineAt = now() + settings.totalDeadlineMs;
  let attempt = 0;
  let attemptsUsed = 0;
  let previousMs: number | undefined;
  let lastError: unknown;
  const retriesByWhy = new Map<string, number>();

  const gaveUp = (why: GaveUpWhy): RetryResult<T> => {
    onEvent({ kind: 'gave-up', why });
    return { kind: 'gave-up', why, lastError, attempts: attempt };
  };

  for (;;) {
    deadlineAt += await untilOnline(settings);
    if (signal.aborted) return gaveUp('aborted');
    const remainingMs = deadlineAt - now();
    if (remainingMs <= 0) return gaveUp('deadline');
    if (settings.breaker?.enter() === false) return gaveUp('breaker');

    attempt += 1;
    onEvent({ kind: 'attempt', attempt });
    const limitMs = Math.min(settings.perTryTimeoutMs, remainingMs);
    const result = await withTimeLimit((callSignal) => work({ attempt, signal: callSignal }), {
      limitMs,
      sleep: settings.sleep,
      signal,
    });
    if (result.kind === 'aborted') return gaveUp('aborted');
    if (result.kind === 'ok') {
      settings.breaker?.succeeded();
      if (attempt === 1) settings.budget?.succeeded();
      onEvent({ kind: 'ok', attempt });
      return { kind: 'ok', value: result.value, attempts: attempt };
    }

    lastError = result.error;
    const verdict = settings.classify(lastError);
    onEvent({ kind: 'failed', attempt, why: verdict.why, error: lastError });
    if (verdict.kind === 'stop') {
      // A definite answer is a service that works.
      settings.breaker?.succeeded();
      return gaveUp('not-retryable');
    }
    if (verdict.uses === 'attempt') {
      settings.breaker?.failed();
      attemptsUsed += 1;
    } else settings.breaker?.succeeded();

    const retries = (retriesByWhy.get(verdict.why) ?? 0) + 1;
    retriesByWhy.set(verdict.why, retries);
    if (attemptsUsed >= settings.attempts || retries > (verdict.retriesMax ?? Number.POSITIVE_INFINITY)) {
      return gaveUp('attempts');
    }

    const serverMs = serverWaitMs(verdict, settings.random);
    const drawnMs = settings.backoff({ retry: Math.max(1, attemptsUsed), previousMs, random: settings.random });
    previousMs = drawnMs;
    // A run that is at work says when to ask again; growing waits are for a service that fails.
    const isPoll = verdict.uses === 'deadline' && serverMs > 0;
    const waitMs = isPoll ? serverMs : Math.max(drawnMs, serverMs);
    if (now() + waitMs >= deadlineAt) return gaveUp('deadline');
    // Waiting for a run that is at work adds no load worth rationing; every other retry must be afforded.
    if (verdict.uses === 'attempt' && settings.budget?.take() === false) return gaveUp('budget');
    onEvent({ kind: 'waiting', attempt, why: verdict.why, waitMs });
    await settings.sleep(waitMs, signal);
  }
}

function serverWaitMs(verdict: Extract<Verdict, { kind: 'retry' }>, random: () => number): number {
  if (verdict.retryAfterMs === undefined) return 0;
  return Math.min(verdict.retryAfterMs, RETRY_AFTER_MAX_MS) * (1 + random() * RETRY_AFTER_JITTER);
}

/** Milliseconds spent without a network: nothing was sent meanwhile, so they are not the call's. */
async function untilOnline({ connectivity, signal, now, onEvent }: ReturnType<typeof checkedOptions>): Promise<number> {
  if (!connectivity || connectivity.isOnline()) return 0;
  const from = now();
  onEvent({ kind: 'offline' });
  await connectivity.online(signal);
  if (!signal.aborted) onEvent({ kind: 'online' });
  return now() - from;
}
