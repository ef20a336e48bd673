'use client';

import { useState } from 'react';
import { client } from '../client.ts';
import { Button } from '../phone/button.tsx';

/** The address that brings somebody else the same network. */
export function ShareLink() {
  const [copied, setCopied] = useState<string | null>(null);
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
            void navigator.clipboard?.writeText(url).then(() => setCopied(url));
          }}
        >
          {copied === url ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </div>
  );
}
