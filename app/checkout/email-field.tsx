'use client';

import type { RefObject } from 'react';

interface EmailFieldProps {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly problem: string | null;
  readonly locked: boolean;
  readonly onChange: (email: string) => void;
}

export function EmailField({ inputRef, value, problem, locked, onChange }: EmailFieldProps) {
  return (
    <div>
      <label htmlFor="email" className="mb-2 block font-semibold">
        Email
      </label>
      <input
        ref={inputRef}
        id="email"
        name="email"
        type="email"
        required
        readOnly={locked}
        autoComplete="email"
        inputMode="email"
        enterKeyHint="go"
        spellCheck={false}
        autoCapitalize="none"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : 'email-words'}
        className="block min-h-13 w-full rounded-2xl bg-surface px-4 text-base shadow-[inset_0_0_0_1px_var(--line-strong)] outline-none focus:shadow-[inset_0_0_0_2px_var(--accent)] aria-invalid:shadow-[inset_0_0_0_2px_var(--danger)]"
      />
      {problem && (
        <p id="email-words" className="mt-1.5 text-sm text-danger">
          {problem}
        </p>
      )}
      {value === '' && !locked && (
        <button
          type="button"
          onClick={() => onChange(GUEST)}
          className="-mb-2 min-h-12 text-sm text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          Just looking? Use {GUEST}
        </button>
      )}
    </div>
  );
}

/** Whoever only looks around should not have to type. example.com is set apart for addresses that reach nobody. */
const GUEST = 'guest@example.com';

/** What is wrong with the address in words, or null. The browser judges; the words say what to change. */
export function emailProblem({ validity }: HTMLInputElement): string | null {
  if (validity.valueMissing) return 'Enter the email that your receipt goes to.';
  if (validity.valid) return null;
  return 'This looks incomplete: an email has a name, an @ and a domain.';
}
