import type { Comparison } from './comparison.ts';
import type { Point } from './points.ts';

export interface PlotKind {
  readonly name: string;
  readonly unit: string;
  readonly hint: string;
  readonly read: (point: Point) => number | null;
  readonly max?: number;
}

/** What is plotted, one under the other over the same time. */
export const PLOT_KINDS = [
  {
    name: 'Load on the server',
    unit: 'requests a second',
    hint: 'The line across is what it can answer.',
    read: ({ load }) => load,
  },
  {
    name: 'Clients that wait',
    unit: 'clients',
    hint: 'A call under way: on the wire, in the queue, or between two tries.',
    read: ({ waiting }) => waiting,
  },
  {
    name: 'Calls answered',
    unit: '% of those that ended',
    hint: 'The others gave up. Where nothing ended there is no line. An upright line is where all was as before again.',
    read: ({ answered }) => answered,
    max: 100,
  },
] as const satisfies readonly PlotKind[];

export interface PlotRow {
  readonly atS: number;
  readonly a: number | null;
  readonly b: number | null;
}

export function rowsOf({ runs: [first, second] }: Comparison, { read }: PlotKind): readonly PlotRow[] {
  return first.points.map((point, index) => {
    const other = second.points[index];
    return { atS: point.atS, a: read(point), b: other ? read(other) : null };
  });
}

/** How much longer than the last event is shown, so that the calm after it is seen. */
const CALM_SHARE = 0.15;

/** Seconds; what is shown ends on one of the seven ticks. */
const TICKS_S = 6;

/** Until when there is something to see; where somebody always calls, that is the end of the run. */
export function shownUntilS({ course, runs }: Comparison): number {
  const busy = runs.flatMap(({ points }) => points.filter(({ load, waiting }) => load > 0 || waiting > 0));
  const lastS = Math.max(...busy.map(({ atS }) => atS), course.outageToMs / 1_000);
  return Math.min(course.endMs / 1_000, Math.ceil((lastS * (1 + CALM_SHARE)) / TICKS_S) * TICKS_S);
}
