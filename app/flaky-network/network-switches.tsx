'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { client } from '../client.ts';
import { SlidersIcon } from '../phone/icons.tsx';
import { SwitchRow } from '../phone/switch-row.tsx';
import { scriptOf } from './script.ts';
import { scriptWords } from './trouble-words.ts';
import { useFlakySettings } from './use-flaky-settings.ts';

/** Apart from the checkout: few open it, and those have a moment. */
const NetworkSheet = dynamic(() => import('./network-sheet.tsx'));

interface NetworkSwitchesProps {
  readonly withKey: boolean;
  readonly onWithKey: (withKey: boolean) => void;
  /** Protection cannot be changed for a payment that is under way. The network can: that is what networks do. */
  readonly locked: boolean;
}

export function NetworkSwitches({ withKey, onWithKey, locked }: NetworkSwitchesProps) {
  const settings = useFlakySettings();
  const { on } = settings;
  // Null until it is wanted for the first time; from then on it stays, so that it can be seen to close.
  const [settingsOpen, setSettingsOpen] = useState<boolean | null>(null);
  return (
    <section aria-labelledby="network-title">
      <div className="flex items-center justify-between">
        <h3 id="network-title" className="font-semibold">
          The experiment
        </h3>
        <button
          type="button"
          aria-label="Network settings"
          onClick={() => setSettingsOpen(true)}
          className="-mr-3 flex min-h-12 items-center gap-2 rounded-full px-3 text-sm text-ink-soft transition-colors hover:text-ink"
        >
          Settings
          <SlidersIcon />
        </button>
      </div>
      <div className="divide-y divide-line rounded-3xl bg-surface px-4">
        <SwitchRow
          name="Flaky network"
          hint={on ? scriptWords(scriptOf(settings)) : 'Everything arrives.'}
          on={on}
          onChange={(next) => client().flaky.change({ on: next })}
        />
        <SwitchRow
          name="Protection"
          hint={withKey ? 'One key for all tries: charged once.' : 'No key: every try can charge.'}
          on={withKey}
          onChange={onWithKey}
          locked={locked}
        />
      </div>
      {settingsOpen !== null && <NetworkSheet open={settingsOpen} onOpenChange={setSettingsOpen} />}
    </section>
  );
}
