import type { Try } from '../checkout/payment-state.ts';

/** Each request of a payment with how it ended, as this browser saw it. */
export function TryList({ tries }: { tries: readonly Try[] }) {
  return (
    <ol className="divide-y divide-line-strong/25">
      {tries.map((one) => (
        <li key={one.number} className="flex items-center justify-between gap-4 py-2.5">
          <span className="flex items-center gap-3">
            <Mark ending={one.ending} />
            <span>
              <span className="font-semibold">Try {one.number}</span>{' '}
              <span className="text-ink-soft">{ENDING_WORDS[one.ending]}</span>
            </span>
          </span>
          <span className="text-sm text-ink-soft">
            {one.endedAt === null ? '' : formatDuration(one.endedAt - one.startedAt)}
          </span>
        </li>
      ))}
    </ol>
  );
}

const ENDING_WORDS: Record<Try['ending'], string> = {
  waiting: 'is waiting for an answer',
  no_answer: 'got no answer',
  busy: 'was told to come back later',
  in_use: 'found the first still running',
  answered: 'got the answer',
};

function Mark({ ending }: { ending: Try['ending'] }) {
  const answered = ending === 'answered';
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={`size-4 ${ending === 'waiting' ? 'animate-pulse' : ''}`}>
      <circle
        cx="10"
        cy="10"
        r="8.25"
        fill="none"
        strokeWidth="2.5"
        strokeDasharray={ending === 'no_answer' ? '4 4.6' : undefined}
        className={answered ? 'stroke-accent' : 'stroke-line-strong'}
      />
      {answered && <circle cx="10" cy="10" r="4.25" className="fill-accent" />}
    </svg>
  );
}

function formatDuration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
