'use client';

import { useEffect, useState } from 'react';
import type { PaymentView } from './payment.ts';
import { isOpen, isUnderWay, type PaymentState } from './payment-state.ts';
import { statusWords } from './payment-words.ts';

/** After this long the buyer is told how long it can take. */
const PATIENCE_MS = 2_000;

/** The polite region: always there, so that what is written into it is read out; focus is never moved to it. */
export function PaymentStatus({ view }: { view: PaymentView }) {
  const { state, tries } = view;
  const patience = useLasted(state.kind === 'sending', PATIENCE_MS);
  const words = statusWords(state, tries.length, secondsToWait(state));
  const reference = 'attempt' in state ? state.attempt.reference : null;
  return (
    <div role="status" data-testid="payment-status" data-state={stateName(state)}>
      {words && (
        <div className="mb-3 flex items-start gap-3">
          {isUnderWay(state) && <Waiting />}
          <p className="text-sm leading-snug">
            {words} {patience && 'This can take up to a minute.'}
          </p>
        </div>
      )}
      {reference && isOpen(state) && (
        <p className="mb-3 text-sm text-ink-soft">
          Reference <span className="font-semibold select-all">{reference.slice(0, REFERENCE_SHOWN)}</span>
          {tries.length > 0 && `, try ${tries.length}`}
        </p>
      )}
    </div>
  );
}

/** Enough of a UUID to tell two payments apart on the phone to somebody. */
const REFERENCE_SHOWN = 8;

function Waiting() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className="mt-px size-5 shrink-0 animate-turn">
      <circle cx="10" cy="10" r="8" fill="none" strokeWidth="2.5" className="stroke-line" />
      <path d="M10 2a8 8 0 0 1 8 8" fill="none" strokeWidth="2.5" strokeLinecap="round" className="stroke-accent" />
    </svg>
  );
}

/** The name that the state goes by in the document: after a reload it is the first request that is asked about. */
function stateName(state: PaymentState): string {
  return state.kind === 'looking_up' ? 'in_progress' : state.kind;
}

/** Said once when the wait begins and not counted down: a region that changes each second is read out each second. */
function secondsToWait(state: PaymentState): number | null {
  if (!('waitMs' in state) || state.waitMs === null) return null;
  return Math.round(state.waitMs / 1_000);
}

function useLasted(holds: boolean, milliseconds: number): boolean {
  const [lasted, setLasted] = useState(false);
  useEffect(() => {
    if (!holds) return setLasted(false);
    const timer = setTimeout(() => setLasted(true), milliseconds);
    return () => clearTimeout(timer);
  }, [holds, milliseconds]);
  return lasted;
}
