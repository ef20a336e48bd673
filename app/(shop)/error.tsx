'use client';

import { TryAgain } from '../phone/try-again.tsx';

/** A screen that broke. The payment lives outside the screens and is not touched by it. */
export default function ScreenError({ reset }: { reset: () => void }) {
  return (
    <div className="flex flex-1 flex-col justify-center">
      <TryAgain title="This screen broke" isWholeScreen onTryAgain={reset}>
        That is our fault. Your cart is kept, and a payment under way goes on.
      </TryAgain>
    </div>
  );
}
