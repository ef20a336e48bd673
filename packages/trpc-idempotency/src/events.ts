import type { KeyRef, UnixMs } from './record.ts';

/** What happened to a key, said after the commit it speaks of. For logs, metrics and screens, never for decisions. */
export type EngineEvent = KeyRef & { readonly requestId: string; readonly at: UnixMs } & EventDetail;

export type EventDetail =
  /** A run ended and its answer was stored: the only event that an effect stands behind. */
  | {
      readonly kind: 'executed';
      readonly outcome: 'settled' | 'refused';
      /** Of a refusal; null for what was settled. */
      readonly reason: string | null;
      readonly durationMs: number;
    }
  | { readonly kind: 'replayed' }
  | { readonly kind: 'in_use' }
  | { readonly kind: 'reused' }
  /** The run that held the key is gone without a word, and its lease with it. */
  | { readonly kind: 'taken_over'; readonly recoveryPoint: string }
  /** A run goes on where an earlier one stopped. */
  | { readonly kind: 'resumed'; readonly recoveryPoint: string }
  /** Another run has the key. `error` is what this one threw, if it threw anything: its client does not hear of it. */
  | { readonly kind: 'lease_lost'; readonly error?: unknown }
  /** A key was claimed anew after its retention had ended. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'rejected'; readonly reason: string }
  /** The claim was given back; `reason` is that of an unfinished run, or `threw`, or `stopping`. */
  | { readonly kind: 'released'; readonly reason: string }
  | { readonly kind: 'quarantined' };

export type EventListener = (event: EngineEvent) => unknown;

/**
 * A listener that fails, now or in a promise, is nobody's payment: its error ends here, as the run's truth is committed
 * already. One that matters watches over itself.
 */
export function deliver(listener: EventListener | undefined, event: EngineEvent): void {
  try {
    const told = listener?.(event);
    // What is no promise yet, like a query that runs once it is waited for, becomes one here.
    if (told !== undefined) Promise.resolve(told).catch(() => undefined);
  } catch {
    // Nothing is left to be done.
  }
}
