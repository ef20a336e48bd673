import { monotonicTime } from './clock.ts';

/** Bounds the load that retries add to a service that is down. Shared by all that call the same service. */
export interface RetryBudget {
  /** A first call was made: part of a retry is earned. */
  earn(): void;
  /** Pays for one retry; false when there is nothing left to pay with. */
  spend(): boolean;
}

export interface RetryBudgetOptions {
  /** Retries earned by each first call. Default 0.1: a tenth more load at most (Google SRE, "Handling Overload"). */
  readonly retriesPerCall?: number;
  /** Earned retries that can be saved up. Default 10, as `maxTokens` in gRPC's A6. */
  readonly savedRetriesMax?: number;
  /**
   * Retries that need not be earned. Default 5: a browser that makes one payment has earned a tenth of a retry, and
   * would never retry without this. Finagle's `minRetriesPerSec` is there for the same reason.
   */
  readonly floorRetries?: number;
  /** The time in which a floor used up is full again. Default 60,000 ms: the whole deadline of a payment. */
  readonly floorRefillMs?: number;
  readonly now?: () => number;
}

export function createRetryBudget({
  retriesPerCall = 0.1,
  savedRetriesMax = 10,
  floorRetries = 5,
  floorRefillMs = 60_000,
  now = monotonicTime,
}: RetryBudgetOptions = {}): RetryBudget {
  let saved = 0;
  let floor = floorRetries;
  let refilledAt = now();

  function refill() {
    const at = now();
    floor = Math.min(floorRetries, floor + ((at - refilledAt) / floorRefillMs) * floorRetries);
    refilledAt = at;
  }

  return {
    earn() {
      saved = Math.min(savedRetriesMax, saved + retriesPerCall);
    },
    spend() {
      refill();
      if (saved >= WHOLE) {
        saved -= 1;
        return true;
      }
      if (floor < WHOLE) return false;
      floor -= 1;
      return true;
    },
  };
}

/** One retry, less what ten additions of 0.1 lack. */
const WHOLE = 1 - 1e-9;
