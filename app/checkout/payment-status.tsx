'use client';

import { useEffect, useState } from 'react';
import { Waiting } from '../phone/waiting.tsx';
import { isUnderWay, type PaymentState } from './payment-state.ts';
import type { PaymentView } from './payment-view.ts';
import { statusWords } from './payment-words.ts';
import { shortReference } from './short-reference.ts';

/** After this long the buyer is told how long it can take. */
const PATIENCE_MS = 2_000;

/** The polite region: always there, so that what is written into it is read out; focus is never moved to it. */
export function PaymentStatus({ view }: { view: PaymentView }) {
  const { state, tries, survivesReload, isElsewhere } = view;
  const patience = useLasted(state.kind === 'sending', PATIENCE_MS);
  const words = statusWords(state, tries.length, secondsToWait(state));
  const reference = 'attempt' in state ? state.attempt.reference : null;
  return (
    <div role="status" data-testid="payment-status" data-state={stateName(state)}>
      {words && (
        <div className="mb-3 flex items-start gap-3">
          {isUnderWay(state) && <Waiting />}
          <p className="text-sm leading-snug">
            {isElsewhere && 'In another tab of yours: '}
            {words} {patience && 'This can take up to a minute.'}
            {!survivesReload && ` ${NOT_KEPT_WORDS}`}
          </p>
        </div>
      )}
      {reference && isUnderWay(state) && (
        <p className="mb-3 text-sm text-ink-soft">
          Reference <span className="font-semibold select-all">{shortReference(reference)}</span>
          {tries.length > 0 && `, try ${tries.length}`}
        </p>
      )}
    </div>
  );
}

/** Where storage is full or forbidden the payment is as safe as ever, but this page alone knows its reference. */
const NOT_KEPT_WORDS =
  'This browser keeps nothing for us, so a reload would lose sight of the payment: please leave this page open.';

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
