'use client';

import { useId, useState } from 'react';
import { shortReference } from '../checkout/short-reference.ts';
import { ClientBar, ServerBar, WaitLine } from './bars.tsx';
import { LaneSentences } from './lane-sentences.tsx';
import { ENDING_WORDS, ORIGIN_WORDS, VERDICT_WORDS } from './lane-words.ts';
import type { Lane } from './lanes.ts';
import type { Scale } from './scale.ts';
import { EndingSign, VerdictSign } from './signs.tsx';

interface LaneRowProps {
  /** As it was at the moment that is shown; undefined before it began. */
  readonly lane: Lane | undefined;
  /** As it is. It has its room from the start: a replay must not move what somebody is pointing at. */
  readonly whole: Lane;
  readonly reference: string | null;
  readonly scale: Scale;
}

/** One try: what you saw above, what the shop saw below, each with its word; the times when it is pointed at. */
export function LaneRow({ lane, whole, reference, scale }: LaneRowProps) {
  const [pinned, setPinned] = useState(false);
  const timesId = useId();
  const isToCome = lane === undefined;
  const shown = lane ?? whole;
  const { number, ending, arrivals, wait } = shown;
  return (
    <li
      data-testid="lane"
      aria-hidden={isToCome}
      inert={isToCome}
      className={`group pb-3 desk:pb-2 ${isToCome ? 'invisible' : ''}`}
    >
      <button
        type="button"
        aria-expanded={pinned}
        aria-controls={timesId}
        onClick={() => setPinned(!pinned)}
        className="flex min-h-12 w-full items-center justify-between gap-3 text-left desk:min-h-8"
      >
        <span className="font-semibold">Try {number}</span>
        <KeyBadge reference={reference} />
      </button>
      <div className="grid grid-cols-[2.5rem_minmax(0,1fr)] items-center gap-x-2 gap-y-1.5 @[22rem]:grid-cols-[2.5rem_minmax(0,1fr)_9.75rem] text-sm leading-tight">
        <span className="text-ink-soft">You</span>
        <span className="relative block h-3.5">
          <ClientBar lane={shown} scale={scale} />
          {wait && <WaitLine wait={wait} scale={scale} />}
        </span>
        <span className={`${WORDS} items-center`}>
          <EndingSign ending={ending} />
          {ENDING_WORDS[ending]}
        </span>
        {whole.arrivals.map((arrival) => {
          const begun = arrivals.find(({ requestId }) => requestId === arrival.requestId);
          return <ShopLine key={arrival.requestId} arrival={begun ?? arrival} isToCome={!begun} scale={scale} />;
        })}
      </div>
      <LaneSentences lane={shown} whole={whole} timesId={timesId} pinned={pinned} />
    </li>
  );
}

/** Under its bar, and beside it where there is room. */
const WORDS = 'col-start-2 flex gap-1.5 @[22rem]:col-start-3';

interface ShopLineProps {
  readonly arrival: Lane['arrivals'][number];
  readonly isToCome: boolean;
  readonly scale: Scale;
}

function ShopLine({ arrival, isToCome, scale }: ShopLineProps) {
  const origin = ORIGIN_WORDS[arrival.origin];
  return (
    <div aria-hidden={isToCome} className={`contents ${isToCome ? 'invisible' : ''}`}>
      <span className="text-ink-soft">Shop</span>
      <span className="relative block h-3.5">
        <ServerBar arrival={arrival} scale={scale} />
      </span>
      <span className={`${WORDS} items-start`} data-verdict={arrival.verdict} data-origin={arrival.origin}>
        <VerdictSign verdict={arrival.verdict} />
        <span>
          {VERDICT_WORDS[arrival.verdict]}
          {origin && <span className="block text-ink-soft">{origin}</span>}
        </span>
      </span>
    </div>
  );
}

function KeyBadge({ reference }: { reference: string | null }) {
  return (
    <span
      className={`rounded-full px-2.5 py-1 text-sm ${reference === null ? 'text-danger shadow-[inset_0_0_0_1px_var(--danger)]' : 'bg-accent-soft text-ink'}`}
    >
      {reference === null ? 'no key' : `key ${shortReference(reference)}`}
    </span>
  );
}
