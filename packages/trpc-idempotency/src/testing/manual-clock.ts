import { type UnixMs, unixMs } from '../record.ts';

/** Time that stands still until it is moved, forward or back. */
export interface ManualClock {
  (): UnixMs;
  advance(milliseconds: number): void;
}

export function manualClock(startMs: number = Date.UTC(2026, 0, 1)): ManualClock {
  let nowMs = startMs;
  const clock = () => unixMs(nowMs);
  return Object.assign(clock, {
    advance(milliseconds: number) {
      nowMs += milliseconds;
    },
  });
}
