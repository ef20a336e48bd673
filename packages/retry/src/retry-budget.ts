/** Asked before each retry: whether this client may add one more call to a service that is failing. */
export interface RetryBudget {
  /** Takes what one retry costs; false when there is not enough left. */
  take(): boolean;
  /** A call that succeeded at the first try gives something back. */
  succeeded(): void;
}

export interface RetryBudgetOptions {
  /** Retries that are allowed from the start and after a long rest. Default 20. */
  readonly retriesMax?: number;
  /** Retries that one success earns. Default 0.1: under a lasting outage at most one request in ten is a retry. */
  readonly retriesPerSuccess?: number;
  /** Retries per minute that are given however little succeeds. Default 10. */
  readonly floorPerMinute?: number;
  readonly now?: () => number;
}

/** A tenth is the ratio of Google's SRE book, "Handling Overload", and of Finagle's and gRPC's budgets near it. */
const RETRIES_PER_SUCCESS = 0.1;

/** A browser that pays once has no successes to earn from, so a ratio alone would forbid its every retry. */
const FLOOR_PER_MINUTE = 10;

/** Four payments' worth of retries: a bad minute, not a bad day. */
const RETRIES_MAX = 20;

/** A token bucket: successes fill it by the ratio, time fills it by the floor, each retry takes one. */
export function createRetryBudget({
  retriesMax = RETRIES_MAX,
  retriesPerSuccess = RETRIES_PER_SUCCESS,
  floorPerMinute = FLOOR_PER_MINUTE,
  now = () => performance.now(),
}: RetryBudgetOptions = {}): RetryBudget {
  let tokens = retriesMax;
  let filledAt = now();

  function fill(): void {
    const at = now();
    tokens = Math.min(retriesMax, tokens + (Math.max(0, at - filledAt) / 60_000) * floorPerMinute);
    filledAt = at;
  }

  return {
    take() {
      fill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    succeeded() {
      fill();
      tokens = Math.min(retriesMax, tokens + retriesPerSuccess);
    },
  };
}
