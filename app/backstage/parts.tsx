'use client';

import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import type { Snapshot } from '#server/backstage/snapshot.ts';
import { BillPart } from './bill-part.tsx';
import { CheckList } from './check-line.tsx';
import { KeyPart } from './key-part.tsx';
import { MailPart } from './mail-part.tsx';
import { RequestPart } from './request-part.tsx';
import { StockPart } from './stock-part.tsx';

interface Part {
  readonly name: string;
  readonly words: string;
  readonly show: (snapshot: Snapshot) => ReactNode;
}

const PARTS: readonly Part[] = [
  { name: 'key', words: 'Key', show: (snapshot) => <KeyPart {...snapshot} /> },
  { name: 'bill', words: 'Orders', show: (snapshot) => <BillPart {...snapshot} /> },
  { name: 'mail', words: 'Mail', show: ({ messages }) => <MailPart messages={messages} /> },
  { name: 'stock', words: 'Stock', show: ({ stock }) => <StockPart stock={stock} /> },
  { name: 'requests', words: 'Requests', show: (snapshot) => <RequestPart {...snapshot} /> },
  { name: 'checks', words: 'Checks', show: ({ checks }) => <CheckList checks={checks} /> },
];

/** Everything behind the numbers, one part at a time. */
export function Parts({ snapshot }: { snapshot: Snapshot }) {
  return (
    <Tabs.Root defaultValue="key">
      <Tabs.List
        aria-label="Behind the numbers"
        className="grid grid-cols-3 gap-1 rounded-3xl bg-sunken p-1 desk:grid-cols-6"
      >
        {PARTS.map(({ name, words }) => (
          <Tabs.Tab
            key={name}
            value={name}
            className="min-h-12 rounded-[1.25rem] px-1 text-sm text-ink-soft transition-colors hover:text-ink data-active:bg-surface data-active:font-semibold data-active:text-ink"
          >
            {words}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {PARTS.map(({ name, show }) => (
        <Tabs.Panel key={name} value={name} className="mt-2 rounded-3xl bg-surface p-5">
          {show(snapshot)}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
