'use client';

import { useId, useState } from 'react';
import { shortReference } from '../checkout/short-reference.ts';
import { ClientBar, ServerBar, WaitLine } from './bars.tsx';
import { ENDING_WORDS, laneSentence, ORIGIN_WORDS, spanWords, VERDICT_WORDS, waitWords } from './lane-words.ts';
import type { Lane } from './lanes.ts';
import type { Scale } from './scale.ts';
import { EndingSign, VerdictSign } from './signs.tsx';

interface LaneRowProps {
  readonly lane: Lane;
  readonly reference: string | null;
  readonly scale: Scale;
}

/** One try: what you saw above, what the shop saw below, each with its word; the times when it is pointed at. */
export function LaneRow({ lane, reference, scale }: LaneRowProps) {
  const [pinned, setPinned] = useState(false);
  const timesId = useId();
  const { number, ending, arrivals, wait } = lane;
  return (
    <li data-testid="lane" className="group pb-3">
      <button
        type="button"
        aria-expanded={pinned}
        aria-controls={timesId}
        onClick={() => setPinned(!pinned)}
        className="flex min-h-12 w-full items-center justify-between gap-3 text-left"
      >
        <span className="font-semibold">Try {number}</span>
        <KeyBadge reference={reference} />
      </button>
      <div className="grid grid-cols-[2.5rem_minmax(0,1fr)] items-center gap-x-2 gap-y-1.5 @[22rem]:grid-cols-[2.5rem_minmax(0,1fr)_9.75rem] text-sm leading-tight">
        <span className="text-ink-soft">You</span>
        <span className="relative block h-3.5">
          <ClientBar lane={lane} scale={scale} />
          {wait && <WaitLine wait={wait} scale={scale} />}
        </span>
        <span className={`${WORDS} items-center`}>
          <EndingSign ending={ending} />
          {ENDING_WORDS[ending]}
        </span>
        {arrivals.map((arrival) => (
          <ShopLine key={arrival.requestId} arrival={arrival} scale={scale} />
        ))}
      </div>
      <div className="mt-2 grid text-sm leading-snug text-ink-soft">
        <p
          className={`col-start-1 row-start-1 group-focus-within:invisible group-hover:invisible ${pinned ? 'invisible' : ''}`}
        >
          {laneSentence(lane)} {wait && waitWords(wait)}
        </p>
        <p
          id={timesId}
          className={`col-start-1 row-start-1 group-focus-within:visible group-hover:visible ${pinned ? '' : 'invisible'}`}
        >
          {timesWords(lane)}
        </p>
      </div>
    </li>
  );
}

/** Under its bar, and beside it where there is room. */
const WORDS = 'col-start-2 flex gap-1.5 @[22rem]:col-start-3';

function ShopLine({ arrival, scale }: { arrival: Lane['arrivals'][number]; scale: Scale }) {
  const origin = ORIGIN_WORDS[arrival.origin];
  return (
    <>
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
    </>
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

function timesWords({ fromMs, toMs, arrivals }: Lane): string {
  const shop = arrivals.map((arrival) => spanWords(arrival.fromMs, arrival.toMs));
  return [`You: ${spanWords(fromMs, toMs)}.`, ...shop.map((span) => `Shop: ${span}.`)].join(' ');
}
