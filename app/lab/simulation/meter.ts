/** The finest look at a run: bursts are shorter than a second, and a tenth of one shows them. */
export const WINDOW_MS = 100;

/** What happened, by windows of `WINDOW_MS`. */
export interface Windows {
  /** Requests that reached the server. */
  readonly arrived: readonly number[];
  /** Calls that began, were answered, or ended without an answer. A call is a request and all its retries. */
  readonly began: readonly number[];
  readonly answered: readonly number[];
  readonly lost: readonly number[];
  /** Calls under way when the window ended. */
  readonly waiting: readonly number[];
  /** Requests that the server worked on although their client had left. */
  readonly wasted: readonly number[];
}

export type Meter = ReturnType<typeof createMeter>;

export function createMeter({ endMs, now }: { readonly endMs: number; readonly now: () => number }) {
  const size = Math.ceil(endMs / WINDOW_MS);
  const empty = () => new Array<number>(size).fill(0);
  const counts = { arrived: empty(), began: empty(), answered: empty(), lost: empty(), wasted: empty() };

  return {
    count(what: keyof typeof counts) {
      const index = Math.floor(now() / WINDOW_MS);
      const windows = counts[what];
      if (index < size) windows[index] = (windows[index] ?? 0) + 1;
    },
    windows(): Windows {
      let waiting = 0;
      return {
        ...counts,
        waiting: counts.began.map((began, index) => {
          waiting += began - (counts.answered[index] ?? 0) - (counts.lost[index] ?? 0);
          return waiting;
        }),
      };
    },
  };
}
