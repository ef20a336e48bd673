import { isTRPCClientError } from '@trpc/client';
import { isDefinite } from './classify-trpc.ts';

/** Errors of calls that were sent more than once: what became of the requests before the last, the error does not say. */
const endingsOfRepeats = new WeakSet<Error>();

export function noteRepeated(error: Error): void {
  endingsOfRepeats.add(error);
}

/**
 * Whether an attempt is over with this error, so that the next one takes a new key. A refusal that is stored under the
 * key ends it. Any other definite answer, such as that the session is over, speaks of its own request alone: it ends an
 * attempt of which nothing else was ever sent. To end it otherwise could be a second charge.
 *
 * @param sentBefore whether a request of this attempt may have been sent by an earlier call, or before a reload.
 */
export function endsAttempt(error: unknown, { sentBefore }: { readonly sentBefore: boolean }): boolean {
  if (!isTRPCClientError(error) || !isDefinite(error)) return false;
  const { isStored }: { readonly isStored?: unknown } = error.data ?? {};
  return isStored === true || !(sentBefore || endingsOfRepeats.has(error));
}
