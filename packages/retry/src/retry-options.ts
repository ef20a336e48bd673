import type { Backoff } from './backoff.ts';
import type { Breaker } from './breaker.ts';
import { classifyFetch } from './classify-fetch.ts';
import type { RetryEvent } from './events.ts';
import type { RetryBudget } from './retry-budget.ts';
import { type Sleep, sleep } from './sleep.ts';
import type { Classify } from './verdict.ts';

/** How the loop learns that the device has no network, so that it waits for it instead of using up its attempts. */
export interface Connectivity {
  isOnline(): boolean;
  /** Resolves when there is a network again or the signal aborts. */
  online(signal: AbortSignal): Promise<void>;
}

export interface RetryOptions {
  /** The wait before each retry. */
  readonly backoff: Backoff;
  /** Calls made in all, the first included. */
  readonly attempts: number;
  /** After this a call is given up and its outcome is unknown. */
  readonly perTryTimeoutMs: number;
  /** From the first call to the end, waits included. Time without a network does not count. */
  readonly totalDeadlineMs: number;
  /** What a failure means. Default: `classifyFetch`. */
  readonly classify?: Classify | undefined;
  readonly budget?: RetryBudget | undefined;
  readonly breaker?: Breaker | undefined;
  /** Ends the calls and the waits. */
  readonly signal?: AbortSignal | undefined;
  readonly connectivity?: Connectivity | undefined;
  readonly random?: (() => number) | undefined;
  /** Milliseconds that never go back. Default: `performance.now`. */
  readonly now?: (() => number) | undefined;
  readonly sleep?: Sleep | undefined;
  readonly onEvent?: ((event: RetryEvent) => void) | undefined;
}

/** Fills in the defaults and refuses what no loop could keep to, naming the option. */
export function checkedOptions(options: RetryOptions) {
  const { attempts, perTryTimeoutMs, totalDeadlineMs } = options;
  if (!Number.isSafeInteger(attempts) || attempts < 1) throw new RangeError('attempts must be a whole number above 0');
  for (const [name, value] of Object.entries({ perTryTimeoutMs, totalDeadlineMs })) {
    if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`${name} must be a number above 0, got ${value}`);
  }
  return {
    ...options,
    classify: options.classify ?? classifyFetch,
    signal: options.signal ?? new AbortController().signal,
    random: options.random ?? Math.random,
    now: options.now ?? (() => performance.now()),
    sleep: options.sleep ?? sleep,
    onEvent: options.onEvent ?? (() => {}),
  };
}
