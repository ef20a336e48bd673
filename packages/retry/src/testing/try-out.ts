import { fixed } from '../backoff.ts';
import { AnswerError } from '../classify-fetch.ts';
import type { HttpFailure } from '../classify-http.ts';
import type { RetryEvent } from '../events.ts';
import type { RetryOptions } from '../options.ts';
import { type RetryResult, retry, type Work } from '../retry.ts';
import { type VirtualTime, virtualTime } from './virtual-time.ts';

/** A `retry` on virtual time, and what it did: when each call began, and all events. */
export interface TryOut<T> {
  readonly result: RetryResult<T>;
  /** Milliseconds after the start. */
  readonly callsAt: readonly number[];
  readonly events: readonly RetryEvent[];
  readonly tookMs: number;
}

/** Five calls with waits of 100 ms, each at most 1 s, 60 s in all, unless told otherwise. */
export async function tryOut<T>(
  work: Work<T>,
  { time = virtualTime(), ...options }: Partial<RetryOptions> & { readonly time?: VirtualTime } = {},
): Promise<TryOut<T>> {
  const startedAt = time.now();
  const callsAt: number[] = [];
  const events: RetryEvent[] = [];
  const result = await time.until(
    retry(
      (call) => {
        callsAt.push(time.now() - startedAt);
        return work(call);
      },
      {
        backoff: fixed({ delayMs: 100 }),
        attempts: 5,
        perTryTimeoutMs: 1_000,
        totalDeadlineMs: 60_000,
        random: () => 0.5,
        now: time.now,
        sleep: time.sleep,
        onEvent: (event) => events.push(event),
        ...options,
      },
    ),
  );
  return { result, callsAt, events, tookMs: time.now() - startedAt };
}

/** Work that fails with each failure in turn and then answers 'done'. */
export function failing(...failures: readonly HttpFailure[]): Work<string> {
  const left = [...failures];
  return async () => {
    const failure = left.shift();
    if (failure) throw new AnswerError(failure);
    return 'done';
  };
}

/** Work that never answers otherwise. */
export function alwaysFailing(failure: HttpFailure): Work<string> {
  return async () => {
    throw new AnswerError(failure);
  };
}
