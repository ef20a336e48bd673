import { type ReactNode, useId } from 'react';

interface SwitchRowProps {
  readonly name: string;
  readonly hint: ReactNode;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly locked?: boolean;
}

/** A native checkbox that is a switch: the whole row is its label, the hint its description. */
export function SwitchRow({ name, hint, on, onChange, locked = false }: SwitchRowProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-16 items-center justify-between gap-4 py-2.5">
      <span>
        <span className="block leading-snug font-semibold">{name}</span>
        <span id={`${id}-hint`} className="block text-sm leading-snug text-ink-soft">
          {hint}
        </span>
      </span>
      <input
        id={id}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: the state of a checkbox is its aria-checked
        role="switch"
        aria-label={name}
        aria-describedby={`${id}-hint`}
        aria-disabled={locked}
        checked={on}
        onChange={(event) => locked || onChange(event.target.checked)}
        className="relative h-8 w-13 shrink-0 cursor-pointer appearance-none rounded-full bg-line-strong transition-colors duration-250 ease-calm before:absolute before:top-1 before:left-1 before:size-6 before:rounded-full before:bg-surface before:transition-transform before:duration-250 before:ease-calm checked:bg-accent checked:before:translate-x-5 aria-disabled:opacity-50"
      />
    </label>
  );
}
