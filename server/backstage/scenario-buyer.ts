import { createHash } from 'node:crypto';
import type { Session } from '../session.ts';

/** The header by which the demonstration pays as a second customer, and what it says. */
export const BUYER_HEADER = 'payonce-demo-buyer';
const SECOND = 'second';

/**
 * A browser has one cookie and so is one customer; two buyers of the last item need another. It is made of the first, so
 * that nobody can become anybody else's second buyer. Without the demo the header means nothing.
 */
export function buyerOf(session: Session, header: string | null, isDemo: boolean): Session {
  if (!isDemo || header !== SECOND) return session;
  const hex = createHash('sha256').update(`${session.principal} second buyer`).digest('hex');
  const principal = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
  return { ...session, principal };
}
