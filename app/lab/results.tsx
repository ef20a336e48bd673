import dynamic from 'next/dynamic';
import { summaryOf } from './lab-words.ts';
import { RunKey } from './run-key.tsx';
import type { ComparisonState } from './use-comparison.ts';

/** The plots bring a library with them that no other page needs. */
const Plots = dynamic(() => import('./plots.tsx'), { ssr: false, loading: () => <PlotsToCome /> });

/** What came out: two sentences that are read out, and the plots below them. */
export function Results({ comparison, state }: ComparisonState) {
  const sentences = comparison && summaryOf(comparison);
  return (
    <div className="min-w-0 space-y-4" data-state={state} data-testid="lab-results">
      <div role="status" aria-busy={state === 'running'} className="space-y-3 rounded-3xl bg-surface p-5 phone-up:p-6">
        {sentences ? (
          <>
            <Sentence index={0} words={sentences[0]} />
            <Sentence index={1} words={sentences[1]} />
          </>
        ) : (
          <p className="text-ink-soft">Running both strategies…</p>
        )}
      </div>
      <div className={`space-y-4 transition-opacity ${comparison && state === 'running' ? 'opacity-50' : ''}`}>
        {comparison ? <Plots comparison={comparison} /> : <PlotsToCome />}
      </div>
    </div>
  );
}

function Sentence({ index, words }: { index: 0 | 1; words: string }) {
  const [name, ...rest] = words.split(': ');
  return (
    <p className="flex gap-3 text-lg leading-snug">
      <RunKey index={index} />
      <span>
        <b>{name}</b>: {rest.join(': ')}
      </span>
    </p>
  );
}

/** Keeps the place of the plots, so that nothing jumps. */
function PlotsToCome() {
  return ['load', 'waiting', 'answered'].map((name) => <div key={name} className="h-86 rounded-3xl bg-surface" />);
}
