'use client';

import { useState } from 'react';
import { client } from '../client.ts';
import { Button } from '../phone/button.tsx';
import { Sheet } from '../phone/sheet.tsx';
import { SEED_MAX, seedFrom } from './flaky-settings.ts';
import { scriptOf, TROUBLES, type Trouble } from './trouble.ts';
import { scriptWords, TROUBLE_WORDS } from './trouble-words.ts';
import { useFlakySettings } from './use-flaky-settings.ts';

interface NetworkSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** What goes wrong, and the seed that decides when. */
export function NetworkSheet({ open, onOpenChange }: NetworkSheetProps) {
  const { seed, troubles } = useFlakySettings();

  function toggle(trouble: Trouble, chosen: boolean) {
    const next = TROUBLES.filter((other) => (other === trouble ? chosen : troubles.includes(other)));
    // One trouble stays: a flaky network with nothing wrong is what the switch is for.
    if (next.length > 0) client().flaky.change({ troubles: next });
  }

  return (
    <Sheet title="Network settings" open={open} onOpenChange={onOpenChange}>
      <fieldset>
        <legend className="mb-2 font-semibold">What goes wrong</legend>
        <div className="divide-y divide-line rounded-3xl bg-surface px-4">
          {TROUBLES.map((trouble) => (
            <TroubleRow
              key={trouble}
              trouble={trouble}
              chosen={troubles.includes(trouble)}
              onToggle={(chosen) => toggle(trouble, chosen)}
            />
          ))}
        </div>
      </fieldset>
      <SeedField seed={seed} />
      <p className="mt-5 rounded-2xl bg-accent-soft px-4 py-3 text-sm leading-snug">
        <span className="font-semibold">With this seed: </span>
        {scriptWords(scriptOf(seed, troubles))}
      </p>
      <ShareLink />
    </Sheet>
  );
}

interface TroubleRowProps {
  readonly trouble: Trouble;
  readonly chosen: boolean;
  readonly onToggle: (chosen: boolean) => void;
}

function TroubleRow({ trouble, chosen, onToggle }: TroubleRowProps) {
  const { name, hint } = TROUBLE_WORDS[trouble];
  return (
    <label className="flex min-h-16 items-center gap-4 py-2.5">
      <input
        type="checkbox"
        aria-label={name}
        aria-describedby={`${trouble}-hint`}
        checked={chosen}
        onChange={(event) => onToggle(event.target.checked)}
        className="size-6 shrink-0 cursor-pointer accent-accent"
      />
      <span>
        <span className="block leading-snug font-semibold">{name}</span>
        <span id={`${trouble}-hint`} className="block text-sm leading-snug text-ink-soft">
          {hint}
        </span>
      </span>
    </label>
  );
}

function SeedField({ seed }: { seed: number }) {
  const [text, setText] = useState(String(seed));
  return (
    <div className="mt-5">
      <label htmlFor="seed" className="mb-2 block font-semibold">
        Seed
      </label>
      <input
        id="seed"
        name="seed"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={String(SEED_MAX).length}
        value={text}
        aria-describedby="seed-hint"
        onChange={(event) => {
          setText(event.target.value);
          client().flaky.change({ seed: seedFrom(event.target.value) });
        }}
        className="block min-h-13 w-full rounded-2xl bg-surface px-4 text-base shadow-[inset_0_0_0_1px_var(--line-strong)] outline-none focus:shadow-[inset_0_0_0_2px_var(--accent)]"
      />
      <p id="seed-hint" className="mt-1.5 text-sm text-ink-soft">
        A whole number. The same seed always gives the same run.
      </p>
    </div>
  );
}

function ShareLink() {
  const [copied, setCopied] = useState(false);
  const url = client().flaky.shareUrl();
  return (
    <div className="mt-5">
      <label htmlFor="share" className="mb-2 block font-semibold">
        Share this network
      </label>
      <div className="flex gap-2.5">
        <input
          id="share"
          readOnly
          value={url}
          onFocus={(event) => event.target.select()}
          className="block min-h-13 min-w-0 flex-1 rounded-2xl bg-surface px-4 text-base text-ink-soft shadow-[inset_0_0_0_1px_var(--line)] outline-none focus:shadow-[inset_0_0_0_2px_var(--accent)]"
        />
        <Button
          kind="quiet"
          onClick={() => {
            // Without a secure context there is no clipboard; the link is there to be copied by hand.
            void navigator.clipboard?.writeText(url).then(() => setCopied(true));
          }}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </div>
  );
}
