'use client';

import { useState } from 'react';
import { isOpen } from '../checkout/payment-state.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { client } from '../client.ts';
import { forgetPage } from '../page-storage.ts';
import { Button } from '../phone/button.tsx';

/** The demo as new for this visitor: another customer, an empty cart, a full shelf. */
export function StartOver({ isPlaying }: { isPlaying: boolean }) {
  const { state } = usePayment();
  const [progress, setProgress] = useState<'ready' | 'asking' | 'failed'>('ready');
  // A payment under way would go on, but its buyer could not see any more how it ends.
  const locked = isPlaying || isOpen(state) || progress === 'asking';

  async function startOver() {
    if (locked) return;
    setProgress('asking');
    try {
      await client().shop.backstage.scenario.startOver.mutate();
      forgetPage();
      window.location.assign('/');
    } catch {
      setProgress('failed');
    }
  }

  return (
    <section aria-labelledby="start-over" className="mt-16 max-w-[44rem]">
      <h2 id="start-over" className="text-2xl font-bold tracking-[-0.02em]">
        Start over
      </h2>
      <p className="mt-3 text-ink-soft">
        You become a new customer with an empty cart and an empty bill, and what is sold out is delivered again. Nothing
        is deleted: what was ordered and charged stays so, out of your sight.
      </p>
      <Button
        kind="quiet"
        aria-disabled={locked}
        className="mt-4 aria-disabled:opacity-60"
        onClick={() => void startOver()}
      >
        Start over as a new customer
      </Button>
      {progress === 'failed' && (
        <p role="alert" className="mt-3 text-sm font-semibold text-danger">
          The shop did not answer, and nothing was changed. Try again.
        </p>
      )}
    </section>
  );
}
