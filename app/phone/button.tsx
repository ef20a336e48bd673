import type { ComponentProps } from 'react';
import { Link } from '../site/link.tsx';

type Kind = 'main' | 'quiet';

const SHAPE =
  'inline-flex min-h-12 items-center justify-center rounded-full px-6 text-center font-semibold transition duration-200 ease-calm active:scale-98 aria-disabled:active:scale-100';

const LOOK: Record<Kind, string> = {
  main: 'bg-accent text-on-accent hover:opacity-90 aria-disabled:opacity-100',
  quiet: 'bg-surface text-ink shadow-[inset_0_0_0_1px_var(--line-strong)] hover:bg-sunken',
};

/** `main` is the one next step of a screen; everything else is `quiet`. */
export function Button({ kind, className = '', type = 'button', ...rest }: ComponentProps<'button'> & { kind: Kind }) {
  return <button type={type} className={`${SHAPE} ${LOOK[kind]} ${className}`} {...rest} />;
}

export function ButtonLink({ kind, className = '', ...rest }: ComponentProps<typeof Link> & { kind: Kind }) {
  return <Link className={`${SHAPE} ${LOOK[kind]} ${className}`} {...rest} />;
}
