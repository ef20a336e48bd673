'use client';

import { useEffect, useRef } from 'react';

interface LeaseCountdownProps {
  readonly leaseExpiresAt: number;
  /** What the shop's clock said when this was heard: a phone's own may be hours off. */
  readonly shopNow: number;
}

/** Counts down in the document and not in React: each second changes one word, and nothing is rendered again. */
export function LeaseCountdown({ leaseExpiresAt, shopNow }: LeaseCountdownProps) {
  const words = useRef<HTMLSpanElement>(null);
  const leftAtFirstMs = leaseExpiresAt - shopNow;
  useEffect(() => {
    const heardAt = performance.now();
    const tick = () => {
      if (words.current) words.current.textContent = leftWords(leftAtFirstMs - (performance.now() - heardAt));
    };
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [leftAtFirstMs]);
  // Not read out each second: it is there for whoever looks at it.
  return (
    <span ref={words} role="timer" aria-live="off">
      {leftWords(leftAtFirstMs)}
    </span>
  );
}

function leftWords(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000);
  return seconds > 0 ? `ends in ${seconds} s` : 'over, another run may take it';
}
