'use client';

import { useEffect, useState } from 'react';
import { client } from '../client.ts';
import { Sheet } from '../phone/sheet.tsx';
import { ChanceFields } from './chance-fields.tsx';
import { type Plan, scriptOf } from './script.ts';
import { ScriptFields } from './script-fields.tsx';
import { SeedField } from './seed-field.tsx';
import { ShareLink } from './share-link.tsx';
import { scriptWords } from './trouble-words.ts';
import { useFlakySettings } from './use-flaky-settings.ts';

interface NetworkSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** What goes wrong and how it is decided; above it, always in sight, what that comes to for the next payment. */
export default function NetworkSheet({ open, onOpenChange }: NetworkSheetProps) {
  const settings = useFlakySettings();
  // A dialog over a dialog has to be there before it opens: mounted open, it is hidden with what lies below the outer one.
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(open), [open]);
  return (
    <Sheet title="Network settings" open={shown} onOpenChange={onOpenChange} tall>
      <div className="sticky top-0 z-10 -mx-1 bg-paper px-1 pb-4">
        <p role="status" className="rounded-2xl bg-accent-soft px-4 py-3 text-sm leading-snug">
          <span className="font-semibold">Next payment: </span>
          {scriptWords(scriptOf(settings))}
        </p>
      </div>
      <Decider by={settings.by} />
      {settings.by === 'chance' ? (
        <ChanceFields chances={settings.chances} />
      ) : (
        <ScriptFields script={settings.script} />
      )}
      <SeedField seed={settings.seed} />
      <ShareLink />
    </Sheet>
  );
}

const DECIDERS = [
  { by: 'chance', name: 'By chance' },
  { by: 'script', name: 'Try by try' },
] as const;

function Decider({ by }: Pick<Plan, 'by'>) {
  return (
    <fieldset className="mb-5">
      <legend className="sr-only">How it is decided</legend>
      <div className="grid grid-cols-2 gap-1 rounded-full bg-sunken p-1">
        {DECIDERS.map((decider) => (
          <label
            key={decider.by}
            className="flex min-h-12 items-center justify-center rounded-full px-3 text-center font-semibold text-ink-soft has-checked:bg-surface has-checked:text-ink has-checked:shadow-[inset_0_0_0_1px_var(--line-strong)] has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="decided-by"
              className="sr-only"
              checked={by === decider.by}
              onChange={() => client().flaky.change({ by: decider.by })}
            />
            {decider.name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
