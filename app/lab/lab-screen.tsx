'use client';

import { useEffect, useState } from 'react';
import { TryAgain } from '../phone/try-again.tsx';
import { PRESET_WORDS } from './lab-words.ts';
import { Results } from './results.tsx';
import { RunControls } from './run-controls.tsx';
import { RUN_COLOURS } from './run-key.tsx';
import { SeedField } from './seed-field.tsx';
import { type LabSettings, PRESETS, type Preset, presetOf, type RunSettings } from './settings.ts';
import { fromQuery, toQuery } from './settings-url.ts';
import { SimplifiedNote } from './simplified-note.tsx';
import { useComparison } from './use-comparison.ts';
import { WorldControls } from './world-controls.tsx';

/** Two strategies in the same trouble: what is chosen on the left, what comes of it on the right. */
export function LabScreen({ query }: { query: string }) {
  const [settings, setSettings] = useState(() => fromQuery(new URLSearchParams(query)));
  const { comparison, state } = useComparison(settings);
  useEffect(() => {
    window.history.replaceState(null, '', `?${toQuery(settings)}`);
  }, [settings]);

  const change = (changed: Partial<LabSettings>) => setSettings((now) => ({ ...now, ...changed }));
  const changeRun = (index: 0 | 1) => (run: RunSettings) =>
    change({ runs: index === 0 ? [run, settings.runs[1]] : [settings.runs[0], run] });

  return (
    <div className={RUN_COLOURS}>
      <h1 className="text-4xl font-bold tracking-[-0.035em] phone-up:text-5xl">Retry lab</h1>
      <p className="mt-4 max-w-[60ch] text-lg text-ink-soft">
        A server goes down and comes back. Whether its clients let it stay up depends on how they try again. Compare two
        ways, on the same server and the same clients.
      </p>
      <Presets chosen={presetOf(settings)} onChoose={(preset) => setSettings(PRESETS[preset])} />
      <div className="mt-6 grid items-start gap-6 desk:grid-cols-[20rem_minmax(0,1fr)] desk:grid-rows-[auto_1fr] wide:gap-x-10">
        <section aria-label="Strategies" className="grid gap-3 phone-up:grid-cols-2 desk:grid-cols-1">
          <h2 className="sr-only">Strategies</h2>
          <RunControls index={0} settings={settings} onChange={changeRun(0)} />
          <RunControls index={1} settings={settings} onChange={changeRun(1)} />
        </section>
        <section aria-label="What came of it" className="min-w-0 desk:col-start-2 desk:row-span-2 desk:row-start-1">
          <h2 className="sr-only">What came of it</h2>
          {state === 'failed' ? (
            <TryAgain title="The lab did not start" onTryAgain={() => setSettings({ ...settings })}>
              Its worker could not be loaded. Nothing else depends on it.
            </TryAgain>
          ) : (
            <Results comparison={comparison} state={state} />
          )}
        </section>
        <section aria-label="Server and clients" className="space-y-5">
          <h2 className="sr-only">Server and clients</h2>
          <WorldControls settings={settings} onChange={change} />
          <SeedField seed={settings.seed} onChange={(seed) => change({ seed })} />
        </section>
      </div>
      <SimplifiedNote />
    </div>
  );
}

interface PresetsProps {
  readonly chosen: Preset | undefined;
  readonly onChoose: (preset: Preset) => void;
}

function Presets({ chosen, onChoose }: PresetsProps) {
  return (
    <fieldset className="mt-8 grid gap-3 phone-up:grid-cols-2">
      <legend className="sr-only">Start from</legend>
      {(Object.keys(PRESETS) as Preset[]).map((preset) => (
        <button
          key={preset}
          type="button"
          aria-pressed={preset === chosen}
          onClick={() => onChoose(preset)}
          className="rounded-3xl bg-surface p-5 text-left shadow-[inset_0_0_0_1px_var(--line)] transition-shadow hover:shadow-[inset_0_0_0_1px_var(--line-strong)] aria-pressed:shadow-[inset_0_0_0_2px_var(--accent)]"
        >
          <span className="block text-lg font-bold tracking-[-0.02em]">{PRESET_WORDS[preset].name}</span>
          <span className="block pt-1 leading-snug text-ink-soft">{PRESET_WORDS[preset].hint}</span>
        </button>
      ))}
    </fieldset>
  );
}
