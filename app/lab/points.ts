import { WINDOW_MS, type Windows } from './simulation/meter.ts';

/** One moment of a run, as it is plotted and as it stands in the table. */
export interface Point {
  /** Where this stretch of time begins, in seconds. */
  readonly atS: number;
  /** Requests per second that reached the server. */
  readonly load: number;
  readonly waiting: number;
  /** Of the calls that ended, in percent; null when none ended. */
  readonly answered: number | null;
}

/** More than this draws slowly and shows no more. */
const POINTS_MAX = 200;

const STRETCHES_MS = [100, 200, 500, 1_000];

/** How much time one point stands for. */
function stretchMsOf(endMs: number): number {
  return STRETCHES_MS.find((stretchMs) => endMs / stretchMs <= POINTS_MAX) ?? 1_000;
}

export function pointsOf(windows: Windows): readonly Point[] {
  const endMs = windows.arrived.length * WINDOW_MS;
  const stretchMs = stretchMsOf(endMs);
  const each = stretchMs / WINDOW_MS;
  return Array.from({ length: Math.floor(endMs / stretchMs) }, (_, index) => {
    const from = index * each;
    const sumOf = (counts: readonly number[]) =>
      counts.slice(from, from + each).reduce((total, count) => total + count, 0);
    const answered = sumOf(windows.answered);
    const ended = answered + sumOf(windows.lost);
    return {
      atS: (index * stretchMs) / 1_000,
      load: Math.round((sumOf(windows.arrived) * 1_000) / stretchMs),
      waiting: windows.waiting[from + each - 1] ?? 0,
      answered: ended === 0 ? null : Math.round((answered / ended) * 100),
    };
  });
}
