import type { RetryWhy, StopWhy } from './verdict.ts';

/** Why there is no further call. */
export type GiveUpWhy = 'attempts' | 'deadline' | 'budget' | 'breaker' | 'not-retryable' | 'aborted';

/** What happens, in order, for whoever watches. `attempt` counts calls from 1. */
export type RetryEvent =
  | { readonly kind: 'attempt'; readonly attempt: number }
  | { readonly kind: 'failed'; readonly attempt: number; readonly why: RetryWhy | StopWhy; readonly error: unknown }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly waitMs: number; readonly why: RetryWhy }
  | { readonly kind: 'offline' }
  | { readonly kind: 'online' }
  | { readonly kind: 'gave-up'; readonly why: GiveUpWhy }
  | { readonly kind: 'ok'; readonly attempt: number };
