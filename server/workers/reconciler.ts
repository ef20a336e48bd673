import { type ReconcileTools, reconcile } from '../payments/reconcile.ts';
import { PROVIDER_TIMEOUT_MS } from '../payments/stripe-client.ts';
import { startSweeping, type Worker } from './worker.ts';

export interface ReconcilerTools extends ReconcileTools {
  /** Between two cycles. Default 60 s: within it a capture too many is given back. */
  readonly everyMs?: number;
  readonly isLeading: () => boolean;
}

const EVERY_MS = 60_000;

/** Compares the provider's books with ours. */
export function startReconciler({ everyMs = EVERY_MS, isLeading, ...tools }: ReconcilerTools): Worker {
  let isStopped = false;
  // A run that died holds its key for a lease. One that lives may hear of its intent by a second call only, the repeat of
  // the create that made it, and reserves then. Twice a lease and a call is more than both, and nobody is at it any more.
  const minAgeMs = 2 * (tools.engine.leaseMs + PROVIDER_TIMEOUT_MS);
  const sweeping = startSweeping({
    name: 'reconciler',
    everyMs,
    async sweep() {
      await reconcile(tools, { minAgeMs, isStopped: () => isStopped });
      return false;
    },
    isLeading,
    alarm: tools.alarm,
  });
  return {
    stop() {
      isStopped = true;
      return sweeping.stop();
    },
  };
}
