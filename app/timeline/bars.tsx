import type { CSSProperties } from 'react';
import type { Arrival, Verdict } from './arrival.ts';
import type { Lane, Wait } from './lanes.ts';
import type { Scale } from './scale.ts';

/** Narrower than this nobody sees it. */
const WIDTH_MIN_PX = 5;

/** What this browser saw: hatched where no answer came, for that is all it knows. */
export function ClientBar({ lane: { fromMs, toMs, ending }, scale }: { lane: Lane; scale: Scale }) {
  return <span aria-hidden="true" className={`${BAR} ${CLIENT_LOOK[ending]}`} style={place(scale, fromMs, toMs)} />;
}

/** What the shop did meanwhile. */
export function ServerBar({ arrival: { fromMs, toMs, verdict }, scale }: { arrival: Arrival; scale: Scale }) {
  return <span aria-hidden="true" className={`${BAR} ${SERVER_LOOK[verdict]}`} style={place(scale, fromMs, toMs)} />;
}

export function WaitLine({ wait: { fromMs, toMs }, scale }: { wait: Wait; scale: Scale }) {
  return (
    <span
      aria-hidden="true"
      className="absolute top-1/2 -translate-y-1/2 border-t-2 border-dashed border-line-strong"
      style={place(scale, fromMs, toMs)}
    />
  );
}

const BAR = 'absolute inset-y-0 rounded-full';

const HATCHED =
  'shadow-[inset_0_0_0_1.5px_var(--line-strong)] bg-[repeating-linear-gradient(-45deg,var(--line-strong)_0_2px,transparent_2px_6px)]';
const OUTLINED = 'shadow-[inset_0_0_0_2px_var(--line-strong)]';

const CLIENT_LOOK: Record<Lane['ending'], string> = {
  waiting: 'bg-line-strong animate-pulse',
  no_answer: HATCHED,
  busy: OUTLINED,
  in_use: OUTLINED,
  answered: 'bg-ink',
};

const SERVER_LOOK: Record<Verdict, string> = {
  running: 'bg-accent animate-pulse',
  executed: 'bg-accent',
  executed_again: 'bg-danger',
  resumed: 'bg-accent',
  replayed: 'bg-accent-soft shadow-[inset_0_0_0_2px_var(--accent)]',
  in_use: OUTLINED,
  declined: 'shadow-[inset_0_0_0_2px_var(--danger)]',
  refused: 'shadow-[inset_0_0_0_2px_var(--danger)]',
  not_now: OUTLINED,
};

/** What is not over reaches to the end of the picture. */
function place(scale: Scale, fromMs: number, toMs: number | null): CSSProperties {
  const left = scale(fromMs);
  const right = toMs === null ? 1 : scale(toMs);
  return {
    // A bar at the very end is still seen whole.
    left: `min(${percent(left)}, calc(100% - ${WIDTH_MIN_PX}px))`,
    width: `max(${percent(right - left)}, ${WIDTH_MIN_PX}px)`,
  };
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;
