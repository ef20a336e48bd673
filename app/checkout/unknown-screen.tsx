'use client';

import { useEffect, useRef, useState } from 'react';
import { client } from '../client.ts';
import { formatMoney } from '../money/format-money.ts';
import { Button } from '../phone/button.tsx';
import type { UnknownState } from './payment-state.ts';
import { notLetGoWords, unknownWords } from './payment-words.ts';
import { cardName } from './test-cards.ts';

/** When we stopped without an outcome there is one thing to do, and it is not to pay: so nothing else is on the screen. */
export function UnknownScreen({ state }: { state: UnknownState }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // What the focus was on is gone with the form.
  useEffect(() => heading.current?.focus(), []);
  const { reference, input } = state.attempt;
  const { means, next } = unknownWords(state.attempt);
  return (
    <div className="flex flex-col gap-4 pt-3">
      <section role="alert" aria-labelledby="unknown-title" className="flex flex-col gap-4">
        <h3
          ref={heading}
          tabIndex={-1}
          id="unknown-title"
          className="text-[1.75rem] leading-[1.1] font-bold tracking-[-0.03em] outline-none"
        >
          We don’t know the result yet
        </h3>
        <p className="leading-relaxed">{means}</p>
        <p className="leading-relaxed font-semibold">{next}</p>
        <dl className="rounded-2xl bg-surface px-4 py-3">
          <Fact name="Amount">{formatMoney(input.expectedTotalMinor)}</Fact>
          <Fact name="Card">{cardName(input.paymentMethod)}</Fact>
          {reference && <Reference reference={reference} />}
        </dl>
        {reference && (
          <p className="leading-relaxed text-ink-soft">
            You can close this page; reopen it to see the result. The shop goes on with what it received, with or
            without you.
          </p>
        )}
      </section>
      {reference && <LetGo state={state} />}
    </div>
  );
}

/** Outside of the alert, which is read out as a whole whenever something in it changes. */
function LetGo({ state }: { state: UnknownState }) {
  const asks = state.kind === 'looking_up';
  const notLetGo = state.kind === 'unknown' && state.notLetGo;
  const words = useRef<HTMLParagraphElement>(null);
  // On a phone they stand below what is in sight, and who has tapped would see nothing happen.
  useEffect(() => {
    if (notLetGo) words.current?.scrollIntoView({ block: 'nearest' });
  }, [notLetGo]);
  return (
    <>
      {/* The second tap of a double one was meant for what stood here before it. */}
      <Button kind="quiet" aria-disabled={asks} onClick={({ detail }) => detail < 2 && void client().payment.letGo()}>
        {asks ? 'Asking the shop…' : 'Change the order or the card'}
      </Button>
      <p ref={words} role="status" className="scroll-mb-4 leading-relaxed">
        {notLetGo && notLetGoWords(notLetGo)}
      </p>
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex justify-between gap-4 py-1">
      <dt className="shrink-0 text-ink-soft">{name}</dt>
      <dd className="min-w-0 text-right break-words">{children}</dd>
    </div>
  );
}

function Reference({ reference }: { reference: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="pt-1">
      <dt className="text-ink-soft">Reference</dt>
      <dd className="flex items-center justify-between gap-3">
        <span data-testid="reference" className="min-w-0 text-sm font-semibold break-all select-all">
          {reference}
        </span>
        <Button kind="quiet" className="shrink-0 px-4" onClick={() => void copy(reference).then(setCopied)}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </dd>
    </div>
  );
}

/** There is no clipboard on a page without https; the text can be selected by hand there. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
