import type { RetryWhy, StopWhy } from './verdict.ts';

export type GaveUpWhy = 'attempts' | 'deadline' | 'budget' | 'breaker' | 'not-retryable' | 'aborted';

/** What happens to a call, for whoever watches. `attempt` counts calls made and starts at 1. */
export type RetryEvent =
  | { readonly kind: 'attempt'; readonly attempt: number }
  | { readonly kind: 'failed'; readonly attempt: number; readonly why: RetryWhy | StopWhy; readonly error: unknown }
  /** The wait as it was drawn, so that a screen can show the jitter. */
  | { readonly kind: 'waiting'; readonly attempt: number; readonly why: RetryWhy; readonly waitMs: number }
  | { readonly kind: 'offline' }
  | { readonly kind: 'online' }
  | { readonly kind: 'gave-up'; readonly why: GaveUpWhy }
  | { readonly kind: 'ok'; readonly attempt: number };
