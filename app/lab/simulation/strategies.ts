import {
  type Backoff,
  createBreaker,
  createRetryBudget,
  exponential,
  fixed,
  fullJitter,
  immediate,
  type RetryOptions,
} from '@payonce/retry';

/** From the one that does harm to the one that the shop's clients use, each with one idea more than the one before. */
export const STRATEGIES = ['immediate', 'fixed', 'exponential', 'full-jitter', 'budget', 'breaker'] as const;

export type Strategy = (typeof STRATEGIES)[number];

/** What the shop's own retry link uses. */
const GROWTH = { baseMs: 500, capMs: 8_000 };

const FIXED_MS = 1_000;

const BACKOFFS: Record<Strategy, Backoff> = {
  immediate: immediate(),
  fixed: fixed({ delayMs: FIXED_MS }),
  exponential: exponential(GROWTH),
  'full-jitter': fullJitter(GROWTH),
  budget: fullJitter(GROWTH),
  breaker: fullJitter(GROWTH),
};

/** The parts of `@payonce/retry` that a strategy is made of, with new guards: whoever is given them shares those. */
export function partsOf(
  strategy: Strategy,
  { now, random }: { readonly now: () => number; readonly random: () => number },
): Pick<RetryOptions, 'backoff'> & Partial<Pick<RetryOptions, 'budget' | 'breaker'>> {
  return {
    backoff: BACKOFFS[strategy],
    ...((strategy === 'budget' || strategy === 'breaker') && { budget: createRetryBudget({ now }) }),
    ...(strategy === 'breaker' && { breaker: createBreaker({ now, random }) }),
  };
}
