import type { Sleep } from './sleep.ts';

/** Somebody who does not want to sit through a wait: what `retry` listens to. */
export interface Hurry {
  /** Calls the listener at each wish to go on now; returns what ends that. */
  onNow(listener: () => void): () => void;
}

/** A `Hurry` and the button for it. */
export function createHurry(): Hurry & { now(): void } {
  const listeners = new Set<() => void>();
  return {
    onNow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    now() {
      for (const listener of listeners) listener();
    },
  };
}

export interface Wait {
  readonly waitMs: number;
  /** The part of it that nobody can skip: what the server asked for. */
  readonly floorMs: number;
  readonly hurry: Hurry | undefined;
}

/** Waits, and leaves out the drawn part when somebody is in a hurry. */
export async function waitUnlessHurried(
  { waitMs, floorMs, hurry }: Wait,
  { sleep, now, signal }: { readonly sleep: Sleep; readonly now: () => number; readonly signal: AbortSignal },
): Promise<void> {
  if (!hurry) return sleep(waitMs, signal);
  const beganAt = now();
  const end = new AbortController();
  const stop = () => end.abort();
  const deaf = hurry.onNow(stop);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  await sleep(waitMs, end.signal);
  deaf();
  signal.removeEventListener('abort', stop);
  const owedMs = floorMs - (now() - beganAt);
  if (owedMs > 0) await sleep(owedMs, signal);
}
