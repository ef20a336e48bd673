export interface HeadlineCounts {
  /** 0 when this tab did not see them: another did, or the tab was closed since. */
  readonly taps: number;
  readonly requests: number;
  readonly executions: number;
  readonly charges: number;
}

/** The whole lesson in four numbers, from the finger to the money. */
export function Headline({ taps, requests, executions, charges }: HeadlineCounts) {
  const tapsShown = taps === 0 && requests > 0 ? '–' : taps;
  return (
    <dl data-testid="headline" className="grid grid-cols-4 gap-x-2">
      <Figure name="Taps" value={tapsShown} />
      <Figure name="Requests" value={requests} />
      <Figure name="Executions" value={executions} />
      <Figure name="Charges" value={charges} look={charges > 1 ? 'text-danger' : charges === 1 ? 'text-accent' : ''} />
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: number | string;
  readonly look?: string;
}

function Figure({ name, value, look = '' }: FigureProps) {
  return (
    <div className={`flex flex-col ${look}`}>
      <dt className={`order-2 mt-1 text-xs phone-up:text-sm ${look || 'text-ink-soft'}`}>{name}</dt>
      <dd className="order-1 text-5xl leading-none font-bold tracking-[-0.03em] wide:text-6xl">
        {/* A number that has changed is a new one, and arrives as one. */}
        <span key={value} className="inline-block animate-count">
          {value}
        </span>
      </dd>
    </div>
  );
}
