import type { Sleep } from '../sleep.ts';

/** Time for very many sleepers: it jumps from one end of a wait to the next, in steps of `TICK_MS`. */
export interface EventClock {
  readonly now: () => number;
  readonly sleep: Sleep;
  /** Lets time pass until nobody waits any more. */
  run(): Promise<void>;
}

interface Sleeper {
  readonly endsAt: number;
  wake: (() => void) | undefined;
}

/** Fine enough for windows of 100 ms, coarse enough that thousands of clients take seconds and not minutes. */
const TICK_MS = 10;

/** `turn` resolves when all promises that can go on have done so: `setImmediate` in Node, a message in a worker. */
export function eventClock(turn = () => new Promise<void>((resolve) => setImmediate(resolve))): EventClock {
  let nowMs = 0;
  const queue = sleepersByEnd();

  return {
    now: () => nowMs,
    sleep: (waitMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const sleeper: Sleeper = {
          endsAt: Math.ceil((nowMs + waitMs) / TICK_MS) * TICK_MS,
          wake: () => {
            sleeper.wake = undefined;
            signal.removeEventListener('abort', wake);
            resolve();
          },
        };
        const wake = () => sleeper.wake?.();
        signal.addEventListener('abort', wake);
        queue.push(sleeper);
      }),
    async run() {
      await turn();
      for (let next = queue.pop(); next; next = queue.pop()) {
        if (!next.wake) continue;
        nowMs = Math.max(nowMs, next.endsAt);
        next.wake();
        // All that end in this tick end together: a turn for each would take longer than what is simulated.
        while (queue.firstEnd() === nowMs) queue.pop()?.wake?.();
        await turn();
      }
    },
  };
}

/** A binary heap: the sleeper that wakes first comes out first. */
function sleepersByEnd() {
  const heap: Sleeper[] = [];
  const endOf = (index: number) => heap[index]?.endsAt ?? Number.POSITIVE_INFINITY;

  function swap(one: number, other: number) {
    const [first, second] = [heap[one], heap[other]];
    if (first && second) [heap[one], heap[other]] = [second, first];
  }

  return {
    firstEnd: () => endOf(0),
    push(sleeper: Sleeper) {
      heap.push(sleeper);
      for (let index = heap.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1;
        if (endOf(parent) <= endOf(index)) break;
        swap(index, parent);
        index = parent;
      }
    },
    pop(): Sleeper | undefined {
      const first = heap[0];
      const last = heap.pop();
      if (!last || heap.length === 0) return first;
      heap[0] = last;
      for (let index = 0; ; ) {
        const left = 2 * index + 1;
        const child = endOf(left + 1) < endOf(left) ? left + 1 : left;
        if (endOf(index) <= endOf(child)) return first;
        swap(index, child);
        index = child;
      }
    },
  };
}
