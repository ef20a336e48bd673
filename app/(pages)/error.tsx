'use client';

import { TryAgain } from '../phone/try-again.tsx';

/** A page that broke. It holds nothing of the buyer's, so there is nothing to be afraid for. */
export default function PageSectionError({ reset }: { reset: () => void }) {
  return (
    <TryAgain title="This page broke" isWholeScreen onTryAgain={reset}>
      That is our fault. Your cart and your orders are not touched by it.
    </TryAgain>
  );
}
