import { monotonicTime } from './clock.ts';

/** Stops calls to a service that does not answer. Shared by all that call the same service. */
export interface Breaker {
  /** Leave to make one call, or undefined while the breaker is open. Whoever gets a pass must end it. */
  admit(): BreakerPass | undefined;
  state(): 'closed' | 'open' | 'half-open';
}

export interface BreakerPass {
  /** What became of the call. `unknown` (aborted, our own bug) says nothing about the service. Only the first end counts. */
  end(outcome: CallOutcome): void;
}

/** `answered`: the service is there, whatever it said. `failed`: it is not, or is not well. */
export type CallOutcome = 'answered' | 'failed' | 'unknown';

export interface BreakerOptions {
  /** Failures in a row that open it. Default 5, as Envoy's outlier detection has it (`consecutive_5xx`). */
  readonly failures?: number;
  /** How long it stays open before one call may probe. Default 10,000 ms: a restart of a process fits in it. */
  readonly openMs?: number;
  readonly now?: () => number;
}

/**
 * closed ── `failures` in a row ─► open ── `openMs` later ─► half-open: ONE probe ── answered ─► closed
 *                                   ▲                              │
 *                                   └────────── failed ────────────┘
 */
export function createBreaker({ failures = 5, openMs = 10_000, now = monotonicTime }: BreakerOptions = {}): Breaker {
  let failed = 0;
  let openedAt: number | undefined;
  let probing = false;

  function conclude(outcome: CallOutcome) {
    if (outcome === 'answered') {
      failed = 0;
      openedAt = undefined;
    } else if (outcome === 'failed') {
      failed += 1;
      if (failed >= failures) openedAt = now();
    }
  }

  const state = () => {
    if (openedAt === undefined) return 'closed';
    return now() - openedAt >= openMs ? 'half-open' : 'open';
  };

  return {
    state,
    admit() {
      const admittedIn = state();
      const isProbe = admittedIn === 'half-open';
      if (admittedIn === 'open' || (isProbe && probing)) return undefined;
      if (isProbe) probing = true;
      let ended = false;
      return {
        end(outcome) {
          if (ended) return;
          ended = true;
          if (isProbe) probing = false;
          // A call from before it opened comes back late: what it says is older than what the breaker knows.
          else if (openedAt !== undefined) return;
          conclude(outcome);
        },
      };
    },
  };
}
