import type { Measured, Ratio } from './rounds.ts';

/** One line of the table. */
export interface Figure {
  readonly name: string;
  readonly ratio: Ratio;
  /** The same ratio in CPU time of the processes that do the work, as a second witness. */
  readonly cpuRatio?: number | undefined;
  /** What it should reach; undefined: it is what it is. */
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
  /** What a reader should know of it, such as the times behind it. */
  readonly remark?: string;
}

/** As Markdown, to be kept as it is printed. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, ratio, cpuRatio, goal, remark = '' }) => [
    name,
    shown(ratio.median),
    `${shown(ratio.from)}–${shown(ratio.to)}`,
    cpuRatio === undefined ? '' : shown(cpuRatio),
    goalOf(goal),
    goal === undefined ? '' : isReached(ratio.median, goal) ? 'yes' : 'no',
    remark,
  ]);
  const head = ['figure', 'ratio', 'half of the rounds', 'in CPU time', 'goal', 'reached', 'remark'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function cpuRatioOf(one: Measured, by: Measured): number | undefined {
  const { cpuMsPerRun: ours } = one;
  const { cpuMsPerRun: theirs } = by;
  return ours === undefined || theirs === undefined ? undefined : ours / theirs;
}

function isReached(ratio: number, goal: NonNullable<Figure['goal']>): boolean {
  return 'atMost' in goal ? ratio <= goal.atMost : ratio >= goal.atLeast;
}

function goalOf(goal: Figure['goal']): string {
  if (goal === undefined) return '';
  return 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
}

const shown = (value: number) => (value >= 10 ? value.toFixed(1) : value.toFixed(2));
