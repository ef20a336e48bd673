'use client';

import { useSearchParams } from 'next/navigation';
import { useSyncExternalStore } from 'react';
import type { BillCount } from '../bill/use-ledger.ts';
import { countItems } from '../cart/cart-store.ts';
import { useCart } from '../cart/use-cart.ts';
import { isUnderWay } from '../checkout/payment-state.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { useFlakySettings } from '../flaky-network/use-flaky-settings.ts';
import { Button, ButtonLink } from '../phone/button.tsx';
import { CloseIcon } from '../phone/icons.tsx';
import { STEPS_COUNT, type Step, stepOf } from './first-visit.ts';
import { onVisitProgress, setVisitProgress, visitProgress } from './visit-progress.ts';

interface VisitHintProps {
  /** Of the payment that is in sight. */
  readonly bill: Omit<BillCount, 'moneyMinor'>;
  /** Whether somebody who has sent the steps away can have them back here. */
  readonly mayReturn?: boolean;
}

/** For who is here for the first time: the one thing to do next. It goes when it is told to, and stays away. */
export function VisitHint({ bill, mayReturn = false }: VisitHintProps) {
  const progress = useSyncExternalStore(onVisitProgress, visitProgress, () => 'done' as const);
  const cart = useCart();
  const { state, reference } = usePayment();
  const { on } = useFlakySettings();
  const isAtCheckout = useSearchParams().has('checkout');
  const step = stepOf(progress, {
    ...bill,
    itemsInCart: countItems(cart.lines),
    isAtCheckout,
    isNetworkFlaky: on,
    isPaying: isUnderWay(state),
    isUnknown: state.kind === 'unknown',
    hasKey: reference !== null,
    isDeclined: state.kind === 'declined',
  });
  if (!step) return mayReturn ? <ShowAround /> : null;
  return (
    <section
      aria-label="First steps"
      className="rounded-3xl bg-accent-soft pt-1 pr-1 pb-3.5 pl-5 shadow-lift desk:shadow-none"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1 pt-2.5">
          <p className="text-sm text-ink-soft">
            Step {step.number} of {STEPS_COUNT}
          </p>
          <p className="text-lg leading-snug font-bold tracking-[-0.02em]">{step.title}</p>
        </div>
        <div className="flex shrink-0 items-center pt-1">
          {step.next && <NextButton next={step.next} />}
          <button
            type="button"
            aria-label="Skip the steps"
            onClick={() => setVisitProgress('done')}
            className="grid size-12 place-items-center rounded-full text-ink-soft transition-colors hover:text-ink"
          >
            <CloseIcon />
          </button>
        </div>
      </div>
      {/* On a phone that is not high, what is to be tapped must not be hidden by the words about it. */}
      <p
        className={`mt-0.5 pr-4 text-sm leading-snug ${step.next ? '' : 'max-desk:[@media(max-height:43.75rem)]:hidden'}`}
      >
        {step.text}
      </p>
    </section>
  );
}

function NextButton({ next: { words, progress, href } }: { next: NonNullable<Step['next']> }) {
  const goOn = () => setVisitProgress(progress);
  return href ? (
    <ButtonLink kind="main" href={href} onClick={goOn}>
      {words}
    </ButtonLink>
  ) : (
    <Button kind="main" onClick={goOn}>
      {words}
    </Button>
  );
}

function ShowAround() {
  return (
    <button
      type="button"
      onClick={() => setVisitProgress('new')}
      className="-my-3 min-h-12 self-start text-sm text-ink-soft underline underline-offset-4 hover:text-ink"
    >
      Show me the steps
    </button>
  );
}
