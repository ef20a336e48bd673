'use client';

import { client } from '../client.ts';
import type { Chances } from './script.ts';
import { DEFAULT_CHANCE } from './settings-text.ts';
import { TROUBLES, type Trouble } from './trouble.ts';
import { TROUBLE_WORDS } from './trouble-words.ts';

/** Each trouble with how often it happens. */
export function ChanceFields({ chances }: { chances: Chances }) {
  function set(trouble: Trouble, chance: number) {
    const { [trouble]: _, ...others } = chances;
    const next = chance > 0 ? { ...others, [trouble]: chance } : others;
    // One trouble stays: a flaky network with nothing wrong is what the switch is for.
    if (Object.keys(next).length > 0) client().flaky.change({ chances: next });
  }

  return (
    <fieldset>
      <legend className="mb-2 font-semibold">What goes wrong</legend>
      <div className="divide-y divide-line rounded-3xl bg-surface px-4">
        {TROUBLES.map((trouble) => (
          <ChanceRow
            key={trouble}
            trouble={trouble}
            chance={chances[trouble] ?? 0}
            onChange={(chance) => set(trouble, chance)}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface ChanceRowProps {
  readonly trouble: Trouble;
  readonly chance: number;
  readonly onChange: (chance: number) => void;
}

/** The slider ends above never: never is what the box is for, and a slider that vanished would drop the focus. */
const CHANCE_STEP = 5;

function ChanceRow({ trouble, chance, onChange }: ChanceRowProps) {
  const { name, hint } = TROUBLE_WORDS[trouble];
  const chosen = chance > 0;
  return (
    <div className="py-2.5">
      <label className="flex min-h-12 items-center gap-4">
        <input
          type="checkbox"
          aria-label={name}
          aria-describedby={`${trouble}-hint`}
          checked={chosen}
          onChange={(event) => onChange(event.target.checked ? DEFAULT_CHANCE : 0)}
          className="size-6 shrink-0 cursor-pointer accent-accent"
        />
        <span>
          <span className="block leading-snug font-semibold">{name}</span>
          <span id={`${trouble}-hint`} className="block text-sm leading-snug text-ink-soft">
            {hint}
          </span>
        </span>
      </label>
      {chosen && (
        <div className="flex min-h-12 items-center gap-3 pl-10">
          <input
            type="range"
            aria-label={`${name}, chance`}
            aria-valuetext={`${chance} in 100 tries`}
            min={CHANCE_STEP}
            max={100}
            step={CHANCE_STEP}
            value={chance}
            onChange={(event) => onChange(event.target.valueAsNumber)}
            className="h-12 min-w-0 flex-1 cursor-pointer accent-accent"
          />
          <span aria-hidden="true" className="w-12 text-right text-sm text-ink-soft">
            {chance} %
          </span>
        </div>
      )}
    </div>
  );
}
