import { useState } from 'react';
import type { PlotKind, PlotRow } from './plot-kinds.ts';
import { valueWords } from './plot-tooltip.tsx';

/** The same numbers to read. Its rows are made when it is opened. */
export function PlotTable({ kind, rows }: { kind: PlotKind; rows: readonly PlotRow[] }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="group mt-2" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="flex min-h-12 cursor-pointer items-center gap-2 font-semibold text-ink-soft hover:text-ink">
        <svg
          viewBox="0 0 12 12"
          aria-hidden="true"
          className="size-3 transition-transform group-open:rotate-90"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
        >
          <path d="m4 2 4 4-4 4" />
        </svg>
        The numbers <span className="sr-only">of {kind.name.toLowerCase()}</span>
      </summary>
      {isOpen && (
        <section
          aria-label={`The numbers of ${kind.name.toLowerCase()}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with a keyboard
          tabIndex={0}
          className="max-h-80 overflow-y-auto rounded-2xl bg-paper"
        >
          <table className="w-full text-right text-sm">
            <caption className="sr-only">
              {kind.name}, {kind.unit}
            </caption>
            <thead className="sticky top-0 bg-paper">
              <tr>
                {['Second', 'A', 'B'].map((words) => (
                  <th key={words} scope="col" className="px-4 py-2 font-semibold">
                    {words}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ atS, a, b }) => (
                <tr key={atS} className="border-t border-line">
                  <th scope="row" className="px-4 py-1.5 font-normal text-ink-soft">
                    {atS.toFixed(1)}
                  </th>
                  <td className="px-4 py-1.5">{valueWords(a)}</td>
                  <td className="px-4 py-1.5">{valueWords(b)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}
