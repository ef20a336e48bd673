import { Marks } from '../bill/bill.tsx';
import { countWord } from '../bill/count-words.ts';
import { Waiting } from '../phone/waiting.tsx';
import type { Run, Step, Truth } from './scenario.ts';

interface RunPanelProps {
  /** The title of the scenario, so that no two runs on the page have one name. */
  readonly scenario: string;
  readonly title: string;
  readonly run: Run;
  /** Names the place of the other pages that the run opens. */
  readonly placeId: string;
  /** Charges that the run should come to; another number is said and not hidden. */
  readonly expectedCharges: number;
  /** What to know about the run, whatever it comes to. */
  readonly hint?: string;
}

/** One run: its steps as they happen, then what was measured, in large type. */
export function RunPanel({ scenario, title, run, placeId, expectedCharges, hint }: RunPanelProps) {
  const { steps, end } = run;
  return (
    <section aria-label={`${scenario}, ${title}`} className="@container min-w-0 rounded-3xl bg-paper p-4">
      <h3 className="font-semibold">{title}</h3>
      {end.kind === 'measured' && <Verdict truth={end.truth} words={end.words} expectedCharges={expectedCharges} />}
      {end.kind === 'broken' && (
        <p role="alert" className="mt-2 rounded-2xl bg-danger-soft px-4 py-3 text-sm leading-snug">
          The scene could not be set, or the count not be taken, so nothing is claimed. Run it again.
        </p>
      )}
      <div id={placeId} className="mt-3 empty:hidden" />
      {hint && <p className="mt-2.5 text-sm leading-snug text-ink-soft">{hint}</p>}
      <StepLog steps={steps} isPlaying={end.kind === 'playing'} />
    </section>
  );
}

function Verdict({ truth, words, expectedCharges }: { truth: Truth; words: string; expectedCharges: number }) {
  const { sent, requests, charges } = truth;
  const tooMany = charges > 1;
  return (
    <div data-testid="verdict">
      <p className="mt-2 text-2xl leading-tight font-bold tracking-[-0.02em]">
        {/* On two lines where there is no room for one, and then without the dot between them. */}
        <span className="block @[17rem]:inline">Requests {requests}</span>
        <span className="hidden @[17rem]:inline"> · </span>
        <span className={`block @[17rem]:inline ${tooMany ? 'text-danger' : 'text-accent'}`}>Charges {charges}</span>
      </p>
      <div className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Marks requests={requests} charges={charges} large />
        {tooMany && <span className="font-semibold text-danger">Charged {countWord(charges)}</span>}
      </div>
      {sent !== requests && (
        <p className="mt-1.5 text-sm text-ink-soft">
          This browser sent {sent}, the shop received {requests}.
        </p>
      )}
      <p className="mt-2.5 leading-snug">{words}</p>
      {charges !== expectedCharges && (
        <p className="mt-2 text-sm font-semibold text-danger">
          This is not what was expected: {expectedCharges}. The numbers are as they were measured.
        </p>
      )}
    </div>
  );
}

/** Read out line by line as it grows. Once the verdict stands, it is there for whoever wants to know how. */
function StepLog({ steps, isPlaying }: { steps: readonly Step[]; isPlaying: boolean }) {
  return (
    <details open={isPlaying} className="mt-2">
      <summary className="flex min-h-12 cursor-pointer items-center gap-2 text-sm font-semibold underline-offset-4 hover:underline">
        {isPlaying && <Waiting />}
        {isPlaying ? 'It is running' : `Step by step, ${steps.length} steps`}
      </summary>
      <ol role="log" aria-label="What happens" aria-busy={isPlaying} className="flex flex-col gap-1.5 text-sm">
        {steps.map(({ who, words }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no identity but its place
          <li key={index} className="grid grid-cols-[4.25rem_1fr] leading-snug">
            <span className="font-semibold text-ink-soft">{who}</span>
            <span>{words}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
