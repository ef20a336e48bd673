import type { Tx } from '#db/open.ts';
import { findUnprotectedBefore } from '#db/payments.ts';
import { recordRefused } from './finish.ts';

/** From its reservation on an unprotected payment makes at most three calls, create, confirm and cancel, of 8 s each. */
const ABANDONED_AFTER_MS = 60_000;

/**
 * Ends the unprotected attempts whose outcome nobody waits for: they have no key to come back with. Their stock goes
 * back to the shelf. What was charged stays charged and gets no order: this is what happens without protection, and the
 * checks of the backstage say so. Returns how many there were, at most `limit`.
 */
export async function endAbandoned(tx: Tx, { now, limit }: { now: number; limit: number }): Promise<number> {
  const abandoned = await findUnprotectedBefore(tx, { before: now - ABANDONED_AFTER_MS, limit });
  for (const attemptId of abandoned) await recordRefused(tx, { attemptId, at: now });
  return abandoned.length;
}
