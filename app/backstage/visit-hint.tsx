'use client';

import { useSearchParams } from 'next/navigation';
import { useSyncExternalStore } from 'react';
import { countItems } from '../cart/cart-store.ts';
import { useCart } from '../cart/use-cart.ts';
import { isUnderWay } from '../checkout/payment-state.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { useFlakySettings } from '../flaky-network/use-flaky-settings.ts';
import { Button } from '../phone/button.tsx';
import { STEPS_COUNT, stepOf } from './first-visit.ts';
import { onVisitProgress, setVisitProgress, visitProgress } from './visit-progress.ts';

interface VisitHintProps {
  /** Of the payment that is in sight. */
  readonly requests: number;
  readonly charges: number;
  /** Whether somebody who has sent the steps away can have them back here. */
  readonly mayReturn?: boolean;
}

/** For who is here for the first time: the one thing to do next. It goes when it is told to, and stays away. */
export function VisitHint({ requests, charges, mayReturn = false }: VisitHintProps) {
  const progress = useSyncExternalStore(onVisitProgress, visitProgress, () => 'done' as const);
  const cart = useCart();
  const { state } = usePayment();
  const { on } = useFlakySettings();
  const isAtCheckout = useSearchParams().has('checkout');
  const step = stepOf(progress, {
    itemsInCart: countItems(cart.lines),
    isAtCheckout,
    isNetworkFlaky: on,
    isPaying: isUnderWay(state),
    requests,
    charges,
  });
  if (!step) return mayReturn ? <ShowAround /> : null;
  const { next } = step;
  return (
    <section
      aria-label="First steps"
      className="rounded-3xl bg-accent-soft py-2 pr-2 pl-5 shadow-lift desk:shadow-none"
    >
      <div className="flex items-center justify-between gap-2">
        <p className="text-sm text-ink-soft">
          Step {step.number} of {STEPS_COUNT}
        </p>
        <button
          type="button"
          onClick={() => setVisitProgress('done')}
          className="min-h-12 rounded-full px-3 text-sm text-ink-soft underline underline-offset-4 hover:text-ink"
        >
          Skip the steps
        </button>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 pr-2 pb-3">
        <div className="flex-1 basis-56">
          <p className="-mt-1 text-lg leading-snug font-bold tracking-[-0.02em]">{step.title}</p>
          <p className="mt-1 text-sm leading-snug">{step.text}</p>
        </div>
        {next && (
          <Button kind="main" onClick={() => setVisitProgress(next.progress)}>
            {next.words}
          </Button>
        )}
      </div>
    </section>
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
