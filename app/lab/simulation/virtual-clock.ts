import type { Sleep } from '@payonce/retry';

/** Time that belongs to a simulation: it stands still while code runs, and an hour of it passes as fast as it can be worked. */
export interface VirtualClock {
  /** Milliseconds since the simulation began. */
  readonly now: () => number;
  readonly sleep: Sleep;
  /** Runs `action` at that time, or at the next step when it has passed. */
  at(atMs: number, action: () => void): void;
  /** Lets time pass up to `endMs`; whoever still waits then waits for ever. */
  runUntil(endMs: number): Promise<void>;
}

/**
 * All that falls into one step happens at its end, so time has as many steps as it has multiples of this and not as
 * many as there are events. A twentieth of the finest window that is looked at.
 */
const STEP_MS = 5;

export function createVirtualClock(): VirtualClock {
  const steps: (Set<() => void> | undefined)[] = [];
  let step = 0;
  const now = () => step * STEP_MS;

  function plan(atMs: number, action: () => void): Set<() => void> {
    const planned = Math.max(step + 1, Math.ceil(atMs / STEP_MS));
    steps[planned] ??= new Set();
    return steps[planned].add(action);
  }

  return {
    now,
    at: (atMs, action) => void plan(atMs, action),
    sleep: (waitMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const end = () => {
          planned.delete(end);
          signal.removeEventListener('abort', end);
          resolve();
        };
        const planned = plan(now() + waitMs, end);
        signal.addEventListener('abort', end);
      }),
    async runUntil(endMs) {
      const turns = createTurns();
      try {
        while (now() < endMs) {
          step += 1;
          const due = steps[step];
          if (!due) continue;
          steps[step] = undefined;
          for (const action of due) action();
          await turns.next();
        }
      } finally {
        turns.close();
      }
    },
  };
}

/**
 * Turns of the event loop: before the next one every promise that can go on has done so, however long its chain. A
 * message channel because a timer waits 4 ms for nothing, in a page and in a worker.
 */
function createTurns() {
  const { port1, port2 } = new MessageChannel();
  let go = () => {};
  port1.onmessage = () => go();
  return {
    next: () =>
      new Promise<void>((resolve) => {
        go = resolve;
        port2.postMessage(null);
      }),
    close: () => port1.close(),
  };
}
