import { CHECK_NAMES, type Check, checkSentence, VERDICT_WORDS } from './check-words.ts';

/** What must always hold, at a glance: a sign, a name and, when it does not hold, the word for it. */
export function CheckLine({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className="grid grid-cols-2 gap-x-4 gap-y-2 text-sm wide:grid-cols-3">
      {checks.map(({ name, verdict }) => (
        <li
          key={name}
          data-check={name}
          data-verdict={verdict}
          className={`flex items-center gap-1.5 ${LOOK[verdict]}`}
        >
          <VerdictSign verdict={verdict} />
          {CHECK_NAMES[name]}
          <span className={verdict === 'holds' ? 'sr-only' : 'font-semibold'}>{VERDICT_WORDS[verdict]}</span>
        </li>
      ))}
    </ul>
  );
}

/** The same in sentences, with what was counted. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  return (
    <>
      <ul className="divide-y divide-line">
        {checks.map((check) => (
          <li key={check.name} className="flex items-start gap-3 py-2.5">
            <span className={`mt-0.5 ${LOOK[check.verdict]}`}>
              <VerdictSign verdict={check.verdict} />
            </span>
            <span>
              <span className={`font-semibold ${check.verdict === 'broken' ? 'text-danger' : ''}`}>
                {CHECK_NAMES[check.name]}: {VERDICT_WORDS[check.verdict]}
              </span>
              <span className="block text-sm text-ink-soft">{checkSentence(check)}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-ink-soft">
        Counted from the database and from the provider’s own ledger, never from what the shop says of itself.
      </p>
    </>
  );
}

const LOOK: Record<Check['verdict'], string> = {
  holds: 'text-ink-soft',
  broken: 'text-danger',
  in_flight: 'text-ink-soft',
  unknown: 'text-ink-soft',
};

function VerdictSign({ verdict }: Pick<Check, 'verdict'>) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={`size-4 shrink-0 ${verdict === 'holds' ? 'text-accent' : ''} ${verdict === 'in_flight' ? 'animate-pulse' : ''}`}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={SIGNS[verdict]} />
    </svg>
  );
}

const SIGNS: Record<Check['verdict'], string> = {
  holds: 'm3 8.5 3.5 3.5L13 4.500',
  broken: 'm4 4 8 8M12 4l-8 8',
  in_flight: 'M3 8h.01M8 8h.01M13 8h.01',
  unknown: 'M4 8h8',
};
