'use client';

import './globals.css';
import { TryAgain } from './phone/try-again.tsx';

/** The page itself broke, frame and all. */
export default function PageError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body className="mx-auto flex min-h-dvh max-w-md flex-col justify-center bg-paper px-5 font-sans text-ink">
        <title>Payonce</title>
        <TryAgain title="The page broke" isWholeScreen onTryAgain={reset}>
          That is our fault. Your cart is kept, and a payment under way can be found again.
        </TryAgain>
      </body>
    </html>
  );
}
