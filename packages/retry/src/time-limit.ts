import type { Sleep } from './sleep.ts';

/** A call that took longer than its share. Its outcome is not known: the work may go on where we cannot see it. */
export class TimedOutError extends Error {
  override readonly name = 'TimedOutError';

  constructor(limitMs: number) {
    super(`no answer within ${Math.round(limitMs)} ms`);
  }
}

export type TimeLimited<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'aborted' };

export interface TimeLimit {
  readonly limitMs: number;
  readonly sleep: Sleep;
  /** The caller's own wish to stop, apart from the limit. */
  readonly signal: AbortSignal;
}

/**
 * Runs `work` with a signal that aborts when the limit is reached or the caller stops. Work that ignores its signal is
 * left behind all the same, and what it answers later is dropped.
 */
export async function withTimeLimit<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { limitMs, sleep, signal }: TimeLimit,
): Promise<TimeLimited<T>> {
  if (signal.aborted) return { kind: 'aborted' };
  const call = new AbortController();
  const timer = new AbortController();
  let stop = () => {};
  const stopped = new Promise<TimeLimited<T>>((resolve) => {
    stop = () => resolve({ kind: 'aborted' });
    signal.addEventListener('abort', stop);
  });
  const timedOut = sleep(limitMs, timer.signal).then(
    (): TimeLimited<T> => ({ kind: 'failed', error: new TimedOutError(limitMs) }),
  );
  try {
    return await Promise.race([settle(work, call.signal), stopped, timedOut]);
  } finally {
    signal.removeEventListener('abort', stop);
    timer.abort();
    call.abort();
  }
}

async function settle<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<TimeLimited<T>> {
  try {
    return { kind: 'ok', value: await work(signal) };
  } catch (error) {
    return { kind: 'failed', error };
  }
}
