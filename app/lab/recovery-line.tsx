import { ReferenceLine } from 'recharts';
import type { Comparison } from './comparison.ts';
import { RUNS } from './run-key.tsx';

interface RecoveryLineProps {
  readonly comparison: Comparison;
  readonly index: 0 | 1;
  /** Where the plot ends. */
  readonly untilS: number;
}

/** Where a run was as before again: the time to recover is the way from the end of the outage to this line. */
export function RecoveryLine({ comparison, index, untilS }: RecoveryLineProps) {
  const { course, runs } = comparison;
  const { recoveredMs } = runs[index].outcome;
  const other = runs[index === 0 ? 1 : 0].outcome.recoveredMs ?? 0;
  const { letter, stroke, dash } = RUNS[index];
  if (!recoveredMs) return null;
  const atMs = course.outageToMs + recoveredMs;
  // Names stand on the outer sides of two lines, and never beyond the far end.
  const isNameOnLeft = recoveredMs < other || atMs / 1_000 > untilS * 0.85;
  return (
    <ReferenceLine
      x={atMs / 1_000}
      stroke={stroke}
      strokeWidth={2}
      {...(dash && { strokeDasharray: dash })}
      label={{
        value: `${letter} back`,
        position: isNameOnLeft ? 'insideTopRight' : 'insideTopLeft',
        dy: index * 18,
        fill: 'var(--ink)',
        fontSize: 13,
      }}
    />
  );
}
