'use client';

import { useEffect, useState } from 'react';
import { client } from '../client.ts';
import type { PaymentView } from './payment-view.ts';
import { waitWords } from './payment-words.ts';

/**
 * How long until the next try, and how the wait came about. Outside of the polite region: what changes each second
 * would be read out each second. There is a button for whoever does not want to sit it out, but not where the shop
 * asked for the wait.
 */
export function WaitClock({ view }: { view: PaymentView }) {
  const { state, tries, isElsewhere } = view;
  const waitMs = 'waitMs' in state ? state.waitMs : null;
  const wait = state.kind === 'shop_silent' ? null : tries.at(-1)?.wait;
  if (waitMs === null) return null;
  const mayHurry = !isElsewhere && state.kind !== 'shop_silent' && !wait?.retryAfterMs;
  return (
    <div className="mb-3 flex items-center gap-3 rounded-2xl bg-sunken py-2 pr-2 pl-4">
      <div aria-hidden="true" className="min-w-0 flex-1">
        {/* A new wait is a new clock, also when it is as long as the last one. */}
        <Countdown key={`${state.kind} ${tries.length} ${waitMs}`} waitMs={waitMs} />
        {wait && <p className="mt-1 text-xs text-ink-soft">{waitWords(wait)}</p>}
      </div>
      {mayHurry && (
        <button
          type="button"
          onClick={() => client().payment.tryNow()}
          className="min-h-12 shrink-0 rounded-full px-3 font-semibold underline underline-offset-4"
        >
          Try now
        </button>
      )}
    </div>
  );
}

function Countdown({ waitMs }: { waitMs: number }) {
  const [leftMs, setLeftMs] = useState(waitMs);
  useEffect(() => {
    const endsAt = performance.now() + waitMs;
    const timer = setInterval(() => setLeftMs(Math.max(0, endsAt - performance.now())), 100);
    return () => clearInterval(timer);
  }, [waitMs]);
  return (
    <>
      <p className="text-sm font-semibold tabular-nums">Next try in {(leftMs / 1_000).toFixed(1)} s</p>
      <div className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-line">
        <div
          className="h-full rounded-full bg-accent"
          style={{ width: `${waitMs > 0 ? (leftMs / waitMs) * 100 : 0}%` }}
        />
      </div>
    </>
  );
}
