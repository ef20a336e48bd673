import { useId } from 'react';

interface SliderProps {
  readonly name: string;
  readonly hint?: string;
  /** The value with its unit, as a person says it. */
  readonly words: string;
  readonly value: number;
  readonly range: { readonly min: number; readonly max: number; readonly step: number };
  readonly onChange: (value: number) => void;
}

/** A native range: arrows, Page keys, Home and End move it, and its value is read out with its unit. */
export function Slider({ name, hint, words, value, range, onChange }: SliderProps) {
  const id = useId();
  return (
    <div>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-semibold">
          {name}
        </label>
        <span aria-hidden="true" className="text-ink-soft">
          {words}
        </span>
      </div>
      <input
        id={id}
        type="range"
        {...range}
        value={value}
        aria-valuetext={words}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="h-12 w-full cursor-pointer accent-accent"
      />
      {hint && (
        <p id={`${id}-hint`} className="-mt-2 pb-2 text-sm leading-snug text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  );
}
