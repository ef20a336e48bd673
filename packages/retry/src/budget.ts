import { type BudgetLevel, type BudgetShelf, memoryShelf } from './budget-shelf.ts';
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
   * Retries that need not be earned. Default 10: a browser that makes one payment has earned a tenth of a retry, and
   * would never retry without this. Finagle's `minRetriesPerSec` is there for the same reason. Ten are the four retries
   * of a payment, twice, and two to spare. They come back one each 6 s, so that a breaker, which probes once in 5 to
   * 10 s, mostly finds one.
   */
  readonly floorRetries?: number;
  /** The time in which a floor used up is full again. Default 60,000 ms: the whole deadline of a payment, and a retry each 6 s. */
  readonly floorRefillMs?: number;
  /** Where what is left is kept. Default: in memory. `storedShelf` lets all tabs of a site spend from one purse. */
  readonly shelf?: BudgetShelf;
  /** Default: a monotonic clock, which a shelf that others share cannot go by. */
  readonly now?: () => number;
}

export function createRetryBudget({
  retriesPerCall = 0.1,
  savedRetriesMax = 10,
  floorRetries = 10,
  floorRefillMs = 60_000,
  shelf = memoryShelf(),
  now = monotonicTime,
}: RetryBudgetOptions = {}): RetryBudget {
  /** As it is now. A level from another time than ours (a clock that was set back) has refilled nothing meanwhile. */
  function level(): BudgetLevel {
    const at = now();
    const { saved, floor, refilledAt } = shelf.read() ?? { saved: 0, floor: floorRetries, refilledAt: at };
    const refilled = (Math.max(0, at - refilledAt) / floorRefillMs) * floorRetries;
    // What another tab wrote is held to our own bounds: it may be an older page with others.
    return {
      saved: Math.min(savedRetriesMax, saved),
      floor: Math.min(floorRetries, floor + refilled),
      refilledAt: at,
    };
  }

  return {
    earn() {
      const { saved, ...rest } = level();
      shelf.write({ ...rest, saved: Math.min(savedRetriesMax, saved + retriesPerCall) });
    },
    spend() {
      const { saved, floor, refilledAt } = level();
      const fromSaved = saved >= WHOLE;
      const fromFloor = !fromSaved && floor >= WHOLE;
      shelf.write({ saved: fromSaved ? saved - 1 : saved, floor: fromFloor ? floor - 1 : floor, refilledAt });
      return fromSaved || fromFloor;
    },
  };
}

/** One retry, less what ten additions of 0.1 lack. */
const WHOLE = 1 - 1e-9;
