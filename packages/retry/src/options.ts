import type { Backoff } from './backoff.ts';
import type { Breaker } from './breaker.ts';
import type { RetryBudget } from './budget.ts';
import { classifyFetch } from './classify-fetch.ts';
import { monotonicTime } from './clock.ts';
import type { RetryEvent } from './events.ts';
import type { Hurry } from './hurry.ts';
import { cryptoRandom } from './random.ts';
import { type Sleep, sleep } from './sleep.ts';
import type { Classify } from './verdict.ts';

/** What `retry` may do and with what. Durations are milliseconds. */
export interface RetryOptions {
  readonly backoff: Backoff;
  /** Calls in all, the first included. */
  readonly attempts: number;
  /** After this a call counts as unanswered and its signal aborts. */
  readonly perTryTimeoutMs: number;
  /** Bounds all calls and all waits. Time without a connection stands still. */
  readonly totalDeadlineMs: number;
  /** Default: `classifyFetch`. */
  readonly classify?: Classify;
  /** Default: none, every retry is paid for. */
  readonly budget?: RetryBudget;
  /** Default: none, every call is let through. */
  readonly breaker?: Breaker;
  /** What a call does that the breaker does not let through. `wait` does so within the deadline. Default: `give-up`. */
  readonly whenOpen?: 'give-up' | 'wait';
  /** Somebody who may end a drawn wait; never what the server asked for. Default: nobody. */
  readonly hurry?: Hurry;
  /** Ends the call or the wait that is under way. */
  readonly signal?: AbortSignal;
  /** Default: none, the connection is taken to be there. */
  readonly connectivity?: Connectivity;
  /** Uniform in [0, 1). Default: from `crypto`. */
  readonly random?: () => number;
  /** Only its differences count. Default: a monotonic clock. */
  readonly now?: () => number;
  readonly sleep?: Sleep;
  readonly onEvent?: (event: RetryEvent) => void;
}

/** Whether there is a connection at all. While there is none, calls can only fail. */
export interface Connectivity {
  isOnline(): boolean;
  /** Resolves when another call is worth it, or when the signal aborts; never rejects. */
  online(signal: AbortSignal): Promise<void>;
}

export type CompleteOptions = ReturnType<typeof withDefaults>;

export function withDefaults(options: RetryOptions) {
  const { attempts } = options;
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new RangeError(`retry: attempts must be a whole number above 0, got ${attempts}`);
  }
  for (const name of ['perTryTimeoutMs', 'totalDeadlineMs'] as const) {
    const value = options[name];
    if (!Number.isFinite(value) || value <= 0) throw new RangeError(`retry: ${name} must be above 0, got ${value}`);
  }
  return {
    classify: classifyFetch,
    whenOpen: 'give-up' as const,
    signal: new AbortController().signal,
    random: cryptoRandom,
    now: monotonicTime,
    sleep,
    onEvent: () => {},
    ...options,
  };
}
