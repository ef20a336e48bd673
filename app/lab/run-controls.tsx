import { useId } from 'react';
import { SwitchRow } from '../phone/switch-row.tsx';
import { STRATEGY_WORDS } from './lab-words.ts';
import { RunKey } from './run-key.tsx';
import type { LabSettings, RunSettings } from './settings.ts';
import { STRATEGIES, type Strategy } from './simulation/strategies.ts';

interface RunControlsProps {
  readonly index: 0 | 1;
  readonly settings: LabSettings;
  readonly onChange: (run: RunSettings) => void;
}

/** What one of the two runs does differently: its strategy, and where all come at once, the cures of a herd. */
export function RunControls({ index, settings, onChange }: RunControlsProps) {
  const id = useId();
  const run = settings.runs[index];
  const { hint } = STRATEGY_WORDS[run.strategy];
  const label = `Strategy ${index === 0 ? 'A' : 'B'}`;
  return (
    <div className="rounded-3xl bg-surface p-5">
      <label htmlFor={id} className="flex items-center justify-between gap-3 pb-3">
        <span className="sr-only">{label}</span>
        <span aria-hidden="true" className="font-semibold">
          Strategy
        </span>
        <span aria-hidden="true">
          <RunKey index={index} />
        </span>
      </label>
      <select
        id={id}
        value={run.strategy}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange({ ...run, strategy: event.target.value as Strategy })}
        className="min-h-12 w-full rounded-2xl bg-paper px-3 text-ink shadow-[inset_0_0_0_1px_var(--line-strong)]"
      >
        {STRATEGIES.map((strategy) => (
          <option key={strategy} value={strategy}>
            {STRATEGY_WORDS[strategy].name}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className="pt-2 text-sm leading-snug text-ink-soft">
        {hint}
      </p>
      {settings.arrivals === 'together' && (
        <fieldset className="mt-3 divide-y divide-line border-t border-line">
          <legend className="sr-only">Cures of a herd, {label}</legend>
          <SwitchRow
            name="Coalesce"
            hint="Who wants the same shares one request."
            on={run.isCoalesced}
            onChange={(isCoalesced) => onChange({ ...run, isCoalesced })}
          />
          <SwitchRow
            name="Stagger expiry"
            hint="Copies expire over 10 s, not at once."
            on={run.isStaggered}
            onChange={(isStaggered) => onChange({ ...run, isStaggered })}
          />
        </fieldset>
      )}
    </div>
  );
}
