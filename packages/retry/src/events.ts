import type { RetryWhy, StopWhy } from './verdict.ts';

/** Why there is no further call. */
export type GiveUpWhy = 'attempts' | 'deadline' | 'budget' | 'breaker' | 'not-retryable' | 'aborted';

/** What happens, in order, for whoever watches. `attempt` counts calls from 1. */
export type RetryEvent =
  | { readonly kind: 'attempt'; readonly attempt: number }
  | { readonly kind: 'failed'; readonly attempt: number; readonly why: RetryWhy | StopWhy; readonly error: unknown }
  | {
      readonly kind: 'waiting';
      readonly attempt: number;
      /** The whole wait: what was drawn, on top of what the server asked for. */
      readonly waitMs: number;
      /** What the backoff drew. */
      readonly drawnMs: number;
      /** What the server asked for; undefined when it said nothing. */
      readonly retryAfterMs: number | undefined;
      readonly why: RetryWhy;
    }
  /** Nothing is sent meanwhile: the service has not answered for a while. */
  | { readonly kind: 'breaker-open'; readonly waitMs: number }
  | { readonly kind: 'offline' }
  | { readonly kind: 'online' }
  | { readonly kind: 'gave-up'; readonly why: GiveUpWhy }
  | { readonly kind: 'ok'; readonly attempt: number };
