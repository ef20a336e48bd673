import type { ReactNode } from 'react';

/** A name and its value, one under the other, as many as there are. */
export function Rows({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">{children}</dl>;
}

export function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="min-w-0 text-right break-words">{children}</dd>
    </>
  );
}

/** A part with nothing in it yet, and what will be in it. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="py-2 text-ink-soft">{children}</p>;
}

const clock = new Intl.DateTimeFormat('en-IE', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});

export function timeOf(unixMs: number): string {
  return clock.format(unixMs);
}

const dayAndClock = new Intl.DateTimeFormat('en-IE', {
  weekday: 'long',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** `Thursday 13:34`: what is kept for a day or three needs no date. */
export function dayAndTimeOf(unixMs: number): string {
  return dayAndClock.format(unixMs);
}
