/** How long one duplicate waits. Real time, as what it bounds is a client that holds its connection open. */
export interface Patience {
  readonly isOver: boolean;
  /** What `event` brings, or undefined when the patience is over first. */
  await<T>(event: Promise<T>): Promise<T | undefined>;
  /** Until it is time to look again for what no event of this process tells of. */
  pause(): Promise<void>;
  end(): void;
}

export function patience(waitMs: number): Patience {
  let isOver = false;
  let pollMs = POLL_MIN_MS;
  let poll: NodeJS.Timeout | undefined;
  let resolveOver: () => void = () => undefined;
  const over = new Promise<undefined>((resolve) => {
    resolveOver = () => resolve(undefined);
  });
  const timer = setTimeout(() => {
    isOver = true;
    resolveOver();
  }, waitMs);

  return {
    get isOver() {
      return isOver;
    },
    await: (event) => Promise.race([event, over]),
    async pause() {
      const interval = new Promise<void>((resolve) => {
        poll = setTimeout(resolve, pollMs);
      });
      pollMs = Math.min(2 * pollMs, POLL_MAX_MS);
      await Promise.race([interval, over]);
    },
    end() {
      clearTimeout(timer);
      clearTimeout(poll);
    },
  };
}

/** The first looks are close together, as most runs are short; then ten a second, of some microseconds each. */
const POLL_MIN_MS = 10;
const POLL_MAX_MS = 100;
