import type { Sleep } from '../sleep.ts';

/** Time that stands still while code runs and jumps to the next end of a wait when there is nothing else to do. */
export interface VirtualTime {
  readonly now: () => number;
  readonly sleep: Sleep;
  /** Lets time pass until the promise settles. Fails when it never would. */
  until<T>(promise: Promise<T>): Promise<T>;
}

export function virtualTime(startMs = 1_000_000): VirtualTime {
  let nowMs = startMs;
  const waits = new Set<{ readonly endsAt: number; readonly end: () => void }>();

  return {
    now: () => nowMs,
    sleep: (waitMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const wait = {
          endsAt: nowMs + waitMs,
          end: () => {
            waits.delete(wait);
            signal.removeEventListener('abort', wait.end);
            resolve();
          },
        };
        waits.add(wait);
        signal.addEventListener('abort', wait.end);
      }),
    async until(promise) {
      let settled = false;
      const mark = () => {
        settled = true;
      };
      promise.then(mark, mark);
      for (;;) {
        // All promises that can go on do so before the next turn of the event loop.
        await new Promise((resolve) => setImmediate(resolve));
        if (settled) return promise;
        const next = [...waits].sort((a, b) => a.endsAt - b.endsAt)[0];
        if (!next) throw new Error('nothing waits for time to pass, and the promise is still pending');
        nowMs = Math.max(nowMs, next.endsAt);
        next.end();
      }
    },
  };
}
