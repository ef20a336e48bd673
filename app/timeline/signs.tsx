import type { ReactNode } from 'react';
import type { Verdict } from './arrival.ts';
import type { Lane } from './lanes.ts';

/** A ring is a request, as on the bill; what is in it says how it ended. The word beside it says the same. */
function Sign({ children, className = '', isOpen = false }: SignProps) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      className={`size-4 shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <circle cx="10" cy="10" r="8.25" strokeDasharray={isOpen ? '4 4.6' : undefined} />
      {children}
    </svg>
  );
}

interface SignProps {
  readonly children?: ReactNode;
  readonly className?: string;
  readonly isOpen?: boolean;
}

const Dot = () => <circle cx="10" cy="10" r="3.5" fill="currentColor" />;
const Cross = () => <path d="m7.25 7.25 5.5 5.5M12.75 7.25l-5.5 5.5" />;
const Pause = () => <path d="M8 7.5v5M12 7.5v5" />;
const Again = () => <path d="M6.5 10h7M11 7.5 13.5 10 11 12.5" />;
const Check = () => <path d="m6.5 10.25 2.5 2.5 4.5-5" />;

const VERDICT_SIGNS: Record<Verdict, ReactNode> = {
  running: <Sign isOpen className="animate-pulse text-accent" />,
  executed: (
    <Sign className="text-accent">
      <Dot />
    </Sign>
  ),
  executed_again: (
    <Sign className="text-danger">
      <Dot />
    </Sign>
  ),
  resumed: (
    <Sign className="text-accent">
      <Check />
    </Sign>
  ),
  replayed: (
    <Sign className="text-accent">
      <Again />
    </Sign>
  ),
  in_use: (
    <Sign className="text-ink-soft">
      <Pause />
    </Sign>
  ),
  declined: (
    <Sign className="text-danger">
      <Cross />
    </Sign>
  ),
  refused: (
    <Sign className="text-danger">
      <Cross />
    </Sign>
  ),
  not_now: (
    <Sign className="text-ink-soft">
      <Pause />
    </Sign>
  ),
};

const ENDING_SIGNS: Record<Lane['ending'], ReactNode> = {
  waiting: <Sign isOpen className="animate-pulse text-ink-soft" />,
  no_answer: (
    <Sign isOpen className="text-ink-soft">
      <Cross />
    </Sign>
  ),
  busy: (
    <Sign className="text-ink-soft">
      <Pause />
    </Sign>
  ),
  in_use: (
    <Sign className="text-ink-soft">
      <Pause />
    </Sign>
  ),
  answered: (
    <Sign>
      <Check />
    </Sign>
  ),
};

export const VerdictSign = ({ verdict }: { verdict: Verdict }) => VERDICT_SIGNS[verdict];
export const EndingSign = ({ ending }: { ending: Lane['ending'] }) => ENDING_SIGNS[ending];
