/** Resolves when the time is up or the signal aborts, whichever comes first; never rejects. Who waits looks at the signal. */
export type Sleep = (waitMs: number, signal: AbortSignal) => Promise<void>;

export const sleep: Sleep = (waitMs, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, waitMs);
    signal.addEventListener('abort', end);
  });
