'use client';

import type { ReactNode } from 'react';
import { Button } from './button.tsx';

interface TryAgainProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly onTryAgain: () => void;
}

/** A part of the screen that could not be loaded: what happened, what is safe, and the way on. */
export function TryAgain({ title, children, onTryAgain }: TryAgainProps) {
  return (
    <div role="alert" className="rounded-3xl bg-surface p-6">
      <h2 className="text-lg font-bold tracking-[-0.02em]">{title}</h2>
      <p className="mt-1 mb-5 text-ink-soft">{children}</p>
      <Button kind="quiet" onClick={onTryAgain}>
        Try again
      </Button>
    </div>
  );
}
