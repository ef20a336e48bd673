/** Stands before the calls to one service and stops them while it is known to be down. */
export interface Breaker {
  /** False: do not call. True takes the one probe when the breaker is half open. */
  enter(): boolean;
  succeeded(): void;
  failed(): void;
}

export interface BreakerOptions {
  /** Failures in a row that open it. Default 5. */
  readonly failuresMax?: number;
  /** How long it stays open before one probe is let through. Default 10 s. */
  readonly openMs?: number;
  readonly now?: () => number;
}

const FAILURES_MAX = 5;

/** Longer than a restart takes, shorter than somebody waits. */
const OPEN_MS = 10_000;

/**
 *   closed ── failuresMax in a row ──► open ── openMs ──► half open ── one probe ──► closed, or open again
 */
export function createBreaker({
  failuresMax = FAILURES_MAX,
  openMs = OPEN_MS,
  now = () => performance.now(),
}: BreakerOptions = {}): Breaker {
  let failures = 0;
  let openedAt: number | undefined;
  let isProbing = false;

  return {
    enter() {
      if (openedAt === undefined) return true;
      if (isProbing || now() - openedAt < openMs) return false;
      isProbing = true;
      return true;
    },
    succeeded() {
      failures = 0;
      openedAt = undefined;
      isProbing = false;
    },
    failed() {
      failures += 1;
      // A probe that fails says that the service is still down, whatever the count.
      if (isProbing || failures >= failuresMax) openedAt = now();
      isProbing = false;
    },
  };
}
