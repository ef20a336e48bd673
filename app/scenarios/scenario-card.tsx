import { Button } from '../phone/button.tsx';
import { RunPanel } from './run-panel.tsx';
import type { Expectation, Scenario } from './scenario.ts';
import type { RunPair, TheatreView } from './theatre.ts';
import { placeId, theatre } from './use-theatre.ts';

interface ScenarioCardProps {
  readonly scenario: Scenario;
  readonly runs: RunPair | undefined;
  readonly playing: TheatreView['playing'];
  readonly isAllowed: boolean;
}

/** One scenario: what will happen, one tap, what happened, and the same without protection beside it. */
export function ScenarioCard({ scenario, runs, playing, isAllowed }: ScenarioCardProps) {
  const { id, title, before, note } = scenario;
  // The next step, once there is something to compare with.
  const wantsOff = runs?.on !== undefined && runs.on.end.kind !== 'playing' && !runs.off;
  return (
    <article
      id={id}
      aria-labelledby={`${id}-title`}
      data-run={runs !== undefined || undefined}
      className="flex flex-col scroll-mt-4 rounded-[1.75rem] bg-surface p-5 target:shadow-[inset_0_0_0_2px_var(--accent)]"
    >
      <h2 id={`${id}-title`} className="text-xl font-bold tracking-[-0.02em]">
        {title}
      </h2>
      <p className="mt-1.5 leading-snug">{before}</p>
      {note && <p className="mt-1.5 text-sm leading-snug text-ink-soft">{note}</p>}
      <Expectations scenario={scenario} />
      {isAllowed ? (
        <div className="mt-auto flex flex-wrap gap-2.5 pt-4">
          <Play scenario={scenario} withKey playing={playing} kind={wantsOff ? 'quiet' : 'main'} />
          {(wantsOff || runs?.off) && (
            <Play scenario={scenario} withKey={false} playing={playing} kind={wantsOff ? 'main' : 'quiet'} />
          )}
        </div>
      ) : (
        <p className="mt-4 rounded-2xl bg-sunken px-4 py-3 text-sm leading-snug">
          It kills the shop, so it can only be run from the machine that the shop runs on, where{' '}
          <code className="font-semibold">npm start</code> starts it again.
        </p>
      )}
      {runs && <Runs scenario={scenario} runs={runs} />}
    </article>
  );
}

function Runs({ scenario, runs }: { scenario: Scenario; runs: RunPair }) {
  const { id, title, expected, off } = scenario;
  return (
    <div className={`mt-4 grid gap-3 ${runs.on && runs.off ? 'wide:grid-cols-2' : ''}`}>
      {runs.on && (
        <RunPanel
          scenario={title}
          title="Protection on"
          placeId={placeId(id, true)}
          run={runs.on}
          expectedCharges={expected.on.charges}
        />
      )}
      {runs.off && (
        <RunPanel
          scenario={title}
          title="Protection off"
          placeId={placeId(id, false)}
          run={runs.off}
          expectedCharges={expected.off.charges}
          hint={off.words}
        />
      )}
    </div>
  );
}

function Expectations({ scenario: { expected, off, promises } }: { scenario: Scenario }) {
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] items-baseline gap-x-3 gap-y-0.5 text-sm">
      <Expected name="Protection on" expected={expected.on} />
      <Expected name={off.kind === 'instead' ? 'Off, in its place' : 'Protection off'} expected={expected.off} />
      <dt className="text-ink-soft">Shows</dt>
      <dd>
        {promises.map((number, index) => (
          <span key={number}>
            {index > 0 && ', '}
            <a
              href={`#promise-${number}`}
              className="-my-3 inline-flex min-h-12 items-center underline underline-offset-4"
            >
              promise {number}
            </a>
          </span>
        ))}
      </dd>
    </dl>
  );
}

function Expected({ name, expected: { requests, charges } }: { name: string; expected: Expectation }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd>
        {requests === undefined ? '' : `${requests} ${requests === 1 ? 'request' : 'requests'}, `}
        <span className={charges > 1 ? 'font-semibold text-danger' : 'font-semibold'}>
          {charges} {charges === 1 ? 'charge' : 'charges'}
        </span>
      </dd>
    </>
  );
}

interface PlayProps {
  readonly scenario: Scenario;
  readonly withKey: boolean;
  readonly playing: TheatreView['playing'];
  readonly kind: 'main' | 'quiet';
}

function Play({ scenario, withKey, playing, kind }: PlayProps) {
  const isThis = playing?.id === scenario.id && playing.withKey === withKey;
  const words = withKey ? 'Run it' : 'Run without protection';
  return (
    <Button
      kind={kind}
      aria-disabled={playing !== null}
      aria-label={`${isThis ? 'Running' : words}: ${scenario.title}`}
      className="aria-disabled:opacity-60"
      onClick={() => void theatre().play(scenario, withKey)}
    >
      {isThis ? 'Running…' : words}
    </Button>
  );
}
