import { duration, ENDING_WORDS, ORIGIN_WORDS, VERDICT_WORDS, waitWords } from './lane-words.ts';
import type { Lane } from './lanes.ts';

/** The picture in numbers, for those who read better than they look, or want to know. */
export function TimesTable({ lanes }: { lanes: readonly Lane[] }) {
  return (
    <details className="mt-2">
      <summary className="min-h-12 cursor-pointer py-3.5 text-sm font-semibold text-ink-soft hover:text-ink">
        All times as a table
      </summary>
      <div className="overflow-x-auto">
        <table className="w-full text-left text-sm">
          <caption className="pb-2 text-left text-ink-soft">
            From the first try on. The shop’s clock is brought in line with yours.
          </caption>
          <thead>
            <tr className="border-b border-line-strong">
              {['Try', 'Who', 'From', 'To', 'What'].map((name) => (
                <th key={name} scope="col" className="py-1.5 pr-3 font-semibold">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          {lanes.map((lane) => (
            <tbody key={lane.number} className="border-b border-line-strong/40">
              {entriesOf(lane).map(({ key, who, fromMs, toMs, what }, index, entries) => (
                <tr key={key} className="align-top">
                  {index === 0 && (
                    <th scope="rowgroup" rowSpan={entries.length} className="py-1.5 pr-3 font-semibold">
                      {lane.number}
                    </th>
                  )}
                  <td className="py-1.5 pr-3">{who}</td>
                  <td className="py-1.5 pr-3 whitespace-nowrap">{duration(fromMs)}</td>
                  <td className="py-1.5 pr-3 whitespace-nowrap">{toMs === null ? 'not over' : duration(toMs)}</td>
                  <td className="py-1.5">{what}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </details>
  );
}

interface Entry {
  readonly key: string;
  readonly who: string;
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly what: string;
}

function entriesOf({ fromMs, toMs, ending, arrivals, wait }: Lane): readonly Entry[] {
  return [
    { key: 'you', who: 'You', fromMs, toMs, what: ENDING_WORDS[ending] },
    ...arrivals.map(({ requestId, origin, verdict, ...span }) => ({
      key: requestId,
      who: 'Shop',
      fromMs: span.fromMs,
      toMs: span.toMs,
      what: [VERDICT_WORDS[verdict], ORIGIN_WORDS[origin]].filter(Boolean).join(', '),
    })),
    ...(wait ? [{ key: 'wait', who: 'Pause', fromMs: wait.fromMs, toMs: wait.toMs, what: waitWords(wait) }] : []),
  ];
}
