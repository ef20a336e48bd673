'use client';

import { client } from '../client.ts';
import { isTrouble, letsThrough, MISHAPS_MAX, TROUBLES, type Trouble } from './trouble.ts';
import { TROUBLE_WORDS } from './trouble-words.ts';

/** The script written down: one choice for each try, as far as there is a try to choose for. */
export function ScriptFields({ script }: { script: readonly Trouble[] }) {
  const followed = script.findIndex(letsThrough);
  const shown = followed === -1 ? Math.min(script.length + 1, MISHAPS_MAX) : followed + 1;

  function choose(index: number, value: string) {
    const before = script.slice(0, index);
    client().flaky.change({ script: isTrouble(value) ? [...before, value, ...script.slice(index + 1)] : before });
  }

  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold">What happens to each try</legend>
      <div className="divide-y divide-line rounded-3xl bg-surface px-4">
        {Array.from({ length: shown }, (_, index) => (
          <TryField
            // biome-ignore lint/suspicious/noArrayIndexKey: a try has no identity but its place
            key={index}
            number={index + 1}
            trouble={script[index]}
            onChoose={(value) => choose(index, value)}
          />
        ))}
      </div>
      <p className="mt-1.5 text-sm text-ink-soft">The tries after these arrive.</p>
    </fieldset>
  );
}

interface TryFieldProps {
  readonly number: number;
  /** Undefined: it arrives. */
  readonly trouble: Trouble | undefined;
  readonly onChoose: (value: string) => void;
}

function TryField({ number, trouble, onChoose }: TryFieldProps) {
  const id = `script-try-${number}`;
  return (
    <div className="py-2.5">
      <div className="flex min-h-12 items-center gap-4">
        <label htmlFor={id} className="w-12 shrink-0 font-semibold">
          Try {number}
        </label>
        <select
          id={id}
          value={trouble ?? ARRIVES}
          aria-describedby={trouble && `${id}-hint`}
          onChange={(event) => onChoose(event.target.value)}
          className="min-h-12 min-w-0 flex-1 cursor-pointer rounded-2xl bg-surface px-3 text-base shadow-[inset_0_0_0_1px_var(--line-strong)]"
        >
          {number > 1 && <option value={ARRIVES}>It arrives</option>}
          {TROUBLES.map((one) => (
            <option key={one} value={one}>
              {TROUBLE_WORDS[one].name}
            </option>
          ))}
        </select>
      </div>
      {trouble && (
        <p id={`${id}-hint`} className="mt-1 text-sm leading-snug text-ink-soft">
          {TROUBLE_WORDS[trouble].hint}
        </p>
      )}
    </div>
  );
}

const ARRIVES = 'arrives';
