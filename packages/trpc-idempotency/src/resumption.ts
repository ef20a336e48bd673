import { type UnixMs, unixMs } from './record.ts';
import type { Grant } from './store.ts';

/**
 * When a key that was given back may be carried on without its client: after the wait that its run asked for, and not
 * before half its age again. The age makes the backoff: each wait is half as long again as the one before, and no
 * count of tries has to be kept.
 */
export function resumption(
  { startedAt }: Grant,
  retryAfterMs: number,
  { clock }: { readonly clock: () => UnixMs },
): { readonly resumeAt: UnixMs } {
  const now = clock();
  const backoffMs = Math.min(Math.floor((now - startedAt) / 2), BACKOFF_MAX_MS);
  return { resumeAt: unixMs(now + Math.max(retryAfterMs, backoffMs)) };
}

/** What waits longer than this for another try holds stock and worries its customer for no good reason. */
const BACKOFF_MAX_MS = 5 * 60 * 1000;
