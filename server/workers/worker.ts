import type { Alarm } from '../log.ts';

/** Work that goes on beside the requests. */
export interface Worker {
  /** Resolves when what was under way has ended. */
  stop(): Promise<void>;
}

export interface Sweeping {
  /** Named in alarms. */
  readonly name: string;
  readonly everyMs: number;
  /** Does a part of the work and says whether there is more to be done at once. */
  readonly sweep: () => Promise<boolean>;
  /** Asked before each turn. Another process does the work when it is not ours. */
  readonly isLeading: () => boolean;
  readonly alarm: Alarm;
}

/** Sweeps again and again, one sweep at a time. A sweep that fails is told and tried again at its next turn. */
export function startSweeping({ name, everyMs, sweep, isLeading, alarm }: Sweeping): Worker {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  async function turn(): Promise<void> {
    try {
      while (!isStopped && isLeading() && (await sweep()));
    } catch (error) {
      alarm(`${name}: a sweep failed`, error);
    }
    schedule();
  }

  function schedule(): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      current = turn();
    }, everyMs);
    timer.unref();
  }

  schedule();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
