import { leaseEnd } from './grant.ts';
import type { UnixMs } from './record.ts';
import type { Grant, IdempotencyStore } from './store.ts';

export interface Lease {
  /** Aborts when another run has taken over. */
  readonly signal: AbortSignal;
  /** By this process's clock, which is a reason to ask and no more: who holds the key is for the fence to say. */
  seemsOver(): boolean;
  /** For whoever finds out by the fence before the heartbeat does. */
  lose(): void;
  stop(): void;
}

export interface LeaseTerms<Tx> {
  readonly store: IdempotencyStore<Tx>;
  readonly clock: () => UnixMs;
  readonly leaseMs: number;
  /** As the claim wrote it, or earlier; each heartbeat moves it. */
  readonly endsAt: UnixMs;
}

/**
 * Keeps a grant's lease alive while its run lives, so that the lease bounds how long a crash holds a key and not how
 * long work may take. A third of the lease leaves room for two heartbeats to fail.
 */
export function keepLease<Tx>(grant: Grant, { store, clock, leaseMs, endsAt }: LeaseTerms<Tx>): Lease {
  const loss = new AbortController();
  let knownEnd = endsAt;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function beat(): Promise<void> {
    try {
      const renewed = { now: clock(), leaseMs };
      const held = await store.renew(grant, renewed);
      if (held) knownEnd = leaseEnd(renewed);
      else if (!stopped) loss.abort(new LeaseLostError(grant));
    } catch {
      // Storage that fails says nothing about who holds the key: the next beat asks again, and the fence decides.
    }
    schedule();
  }

  function schedule(): void {
    if (stopped || loss.signal.aborted) return;
    timer = setTimeout(() => void beat(), Math.floor(leaseMs / 3));
    // A heartbeat alone is no reason for a process to stay alive.
    timer.unref();
  }

  schedule();
  return {
    signal: loss.signal,
    seemsOver: () => clock() >= knownEnd,
    lose: () => loss.abort(new LeaseLostError(grant)),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Thrown through a run whose key another run has taken over, so that it ends without an answer of its own. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';

  constructor({ operation, fencingToken }: Grant) {
    super(`another run of ${operation} holds the key; grant ${fencingToken} is over`);
  }
}
