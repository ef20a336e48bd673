'use client';

import type { ReactNode } from 'react';
import { Button } from './button.tsx';

interface TryAgainProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Nothing else is on the screen, so this is what the screen is about. */
  readonly isWholeScreen?: boolean;
  readonly onTryAgain: () => void;
}

/** A part of the screen that could not be loaded: what happened, what is safe, and the way on. */
export function TryAgain({ title, children, isWholeScreen = false, onTryAgain }: TryAgainProps) {
  const Heading = isWholeScreen ? 'h1' : 'h2';
  return (
    <div role="alert" className="rounded-3xl bg-surface p-6">
      <Heading className="text-lg font-bold tracking-[-0.02em]">{title}</Heading>
      <p className="mt-1 mb-5 text-ink-soft">{children}</p>
      <Button kind="quiet" onClick={onTryAgain}>
        Try again
      </Button>
    </div>
  );
}
