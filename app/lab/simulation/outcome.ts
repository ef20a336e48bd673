import { WINDOW_MS, type Windows } from './meter.ts';
import type { Course } from './run-lab.ts';

/** A run in a few numbers. */
export interface Outcome {
  readonly requests: number;
  readonly calls: number;
  /** Calls that were answered, of those that ended after the outage began; 1 when none ended. */
  readonly answeredShare: number;
  /** The most requests that came within 100 ms after the outage, as a multiple of what the server can answer. */
  readonly busiest: number;
  /** Requests that came while the outage lasted, per call that began then; undefined when none began. */
  readonly requestsPerCallDown: number | undefined;
  /** Requests that were worked on although their client had left. */
  readonly wasted: number;
  /** From the end of the outage until all was as before, for good; undefined when it was not so before the end. */
  readonly recoveredMs: number | undefined;
}

export function outcomeOf(windows: Windows, course: Course, capacityPerS: number): Outcome {
  const from = course.outageFromMs / WINDOW_MS;
  const to = course.outageToMs / WINDOW_MS;
  const answered = sum(windows.answered.slice(from));
  const lost = sum(windows.lost.slice(from));
  const callsDown = sum(windows.began.slice(from, to));
  const busiest = Math.max(0, ...windows.arrived.slice(to));
  return {
    requests: sum(windows.arrived),
    calls: sum(windows.began),
    answeredShare: answered + lost === 0 ? 1 : answered / (answered + lost),
    busiest: busiest / (capacityPerS * (WINDOW_MS / 1_000)),
    requestsPerCallDown: callsDown === 0 ? undefined : sum(windows.arrived.slice(from, to)) / callsDown,
    wasted: sum(windows.wasted),
    recoveredMs: recoveredMs(windows, { from, to }),
  };
}

/** A second: the least time in which a share of calls means something. */
const SPAN = 1_000 / WINDOW_MS;

/** Fewer lost calls than this, and the service is well again. */
const LOST_SHARE_MAX = 0.05;

/** Of the most that ever waited; below this the crowd is gone and what is left is chance. */
const CROWD_SHARE = 0.1;

/**
 * Looks back from the end for the last moment at which it was not as before: a crowd waiting, or too many of the calls
 * that ended in that second lost. A strategy that gives up at once has nobody waiting and is not well.
 */
function recoveredMs(windows: Windows, { from, to }: { from: number; to: number }): number | undefined {
  const size = windows.arrived.length;
  const normal = sum(windows.waiting.slice(0, from)) / Math.max(1, from);
  const waitingMax = normal + Math.max(...windows.waiting) * CROWD_SHARE;
  for (let index = size - 1; index >= to; index -= 1) {
    const since = Math.max(to, index - SPAN + 1);
    const lost = sum(windows.lost.slice(since, index + 1));
    const ended = lost + sum(windows.answered.slice(since, index + 1));
    if ((windows.waiting[index] ?? 0) <= waitingMax && lost <= ended * LOST_SHARE_MAX) continue;
    return index >= size - SPAN ? undefined : (index + 1 - to) * WINDOW_MS;
  }
  return 0;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
