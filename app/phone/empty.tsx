import type { ReactNode } from 'react';
import { ButtonLink } from './button.tsx';

interface EmptyProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly next: { readonly href: string; readonly words: string };
}

/** A screen with nothing on it: an empty shelf, a line of words, one way on. */
export function Empty({ title, children, next }: EmptyProps) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center py-16 text-center">
      <svg viewBox="0 0 160 100" aria-hidden="true" className="mb-8 w-40">
        <rect x="8" y="78" width="144" height="8" rx="4" className="fill-line" />
        <rect x="24" y="86" width="6" height="12" className="fill-line" />
        <rect x="130" y="86" width="6" height="12" className="fill-line" />
        <circle
          cx="80"
          cy="54"
          r="21"
          fill="none"
          strokeWidth="4"
          strokeDasharray="7 7.2"
          className="stroke-line-strong"
        />
      </svg>
      <h1 className="text-2xl font-bold tracking-[-0.03em]">{title}</h1>
      <p className="mt-2 mb-8 max-w-72 text-ink-soft">{children}</p>
      <ButtonLink kind="main" href={next.href}>
        {next.words}
      </ButtonLink>
    </div>
  );
}
