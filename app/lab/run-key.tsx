/** How a run is told from the other one without its colour: its letter, and an unbroken or a dashed line. */
export const RUNS = [
  { letter: 'A', stroke: 'var(--run-a)', dash: undefined },
  { letter: 'B', stroke: 'var(--run-b)', dash: '7 4' },
] as const;

/** The colours of both runs; red stays with what was charged. */
export const RUN_COLOURS = '[--run-a:var(--accent)] [--run-b:var(--ochre-deep)] dark:[--run-b:var(--ochre)]';

export function RunKey({ index }: { index: 0 | 1 }) {
  const { letter, stroke, dash } = RUNS[index];
  return (
    <span className="inline-flex shrink-0 items-center gap-2 font-bold">
      {letter}
      <svg viewBox="0 0 28 8" aria-hidden="true" className="h-2 w-7">
        <line x1="1" y1="4" x2="27" y2="4" strokeWidth="3" stroke={stroke} strokeDasharray={dash} />
      </svg>
    </span>
  );
}
