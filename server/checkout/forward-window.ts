import type { UnixMs } from '@payonce/trpc-idempotency';
import type { Clock } from '../clock.ts';

/**
 * How long after its click a payment may still be begun without surprising the customer. Longer than the client
 * tries (60 s) and shorter than the provider remembers its keys (24 h).
 */
export const FORWARD_WINDOW_MS = 15 * 60 * 1000;

export function isPastWindow({ startedAt }: { readonly startedAt: UnixMs }, clock: Clock): boolean {
  return clock() - startedAt > FORWARD_WINDOW_MS;
}
