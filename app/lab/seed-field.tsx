import { useId } from 'react';
import { Button } from '../phone/button.tsx';
import { RANGES } from './settings.ts';

interface SeedFieldProps {
  readonly seed: number;
  readonly onChange: (seed: number) => void;
}

/** The number that all draws come from. The next one is the next number: a link says where it stands. */
export function SeedField({ seed, onChange }: SeedFieldProps) {
  const id = useId();
  const { min, max } = RANGES.seed;
  return (
    <div>
      <label htmlFor={id} className="block pb-2 font-semibold">
        Seed
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          value={seed}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => {
            if (target.validity.valid && target.value !== '') onChange(target.valueAsNumber);
          }}
          className="min-h-12 w-full min-w-0 flex-1 rounded-2xl bg-surface px-4 shadow-[inset_0_0_0_1px_var(--line-strong)]"
        />
        <Button kind="quiet" onClick={() => onChange(seed >= max ? min : seed + 1)}>
          Next seed
        </Button>
      </div>
      <p id={`${id}-hint`} className="pt-2 text-sm leading-snug text-ink-soft">
        The same seed gives the same run, here and for whoever opens this link.
      </p>
    </div>
  );
}
