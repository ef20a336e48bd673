'use client';

import { useState } from 'react';
import { client } from '../client.ts';
import { Button } from '../phone/button.tsx';
import { SEED_MAX, seedFrom } from './settings-text.ts';

export function SeedField({ seed }: { seed: number }) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div className="mt-5">
      <label htmlFor="seed" className="mb-2 block font-semibold">
        Seed
      </label>
      <div className="flex gap-2.5">
        <input
          id="seed"
          name="seed"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={String(SEED_MAX).length}
          // What is being typed may be no seed yet; when the field is left it shows the one in force.
          value={typed ?? seed}
          aria-describedby="seed-hint"
          onChange={(event) => {
            setTyped(event.target.value);
            client().flaky.change({ seed: seedFrom(event.target.value) });
          }}
          onBlur={() => setTyped(null)}
          className="block min-h-13 min-w-0 flex-1 rounded-2xl bg-surface px-4 text-base shadow-[inset_0_0_0_1px_var(--line-strong)] outline-none focus:shadow-[inset_0_0_0_2px_var(--accent)]"
        />
        <Button kind="quiet" onClick={() => client().flaky.drawSeed()}>
          Draw another
        </Button>
      </div>
      <p id="seed-hint" className="mt-1.5 text-sm text-ink-soft">
        A whole number. The same seed always gives the same run.
      </p>
    </div>
  );
}
