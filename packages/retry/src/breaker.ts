import { monotonicTime } from './clock.ts';
import { cryptoRandom } from './random.ts';

/** Stops calls to a service that does not answer. Shared by all that call the same service. */
export interface Breaker {
  /** Leave to make one call, or undefined while the breaker is open. Whoever gets a pass must end it. */
  admit(): BreakerPass | undefined;
  state(): 'closed' | 'open' | 'half-open';
  /** After how many milliseconds it is worth asking again; 0 when a call would be let through now. */
  admitsInMs(): number;
}

export interface BreakerPass {
  /** What became of the call. `unknown` (aborted, our own bug) says nothing about the service. Only the first end counts. */
  end(outcome: CallOutcome): void;
}

/** `answered`: the service is there and well, also when it refuses. `failed`: it is not there, or says that it is not well. */
export type CallOutcome = 'answered' | 'failed' | 'unknown';

export interface BreakerOptions {
  /** Failures in a row that open it. Default 5, as Envoy's outlier detection has it (`consecutive_5xx`). */
  readonly failures?: number;
  /** How long it stays open before one call may probe. Default 5,000 ms: a restart of a process fits in it. */
  readonly openMs?: number;
  /**
   * Up to so much longer, drawn at each opening. Default 5,000 ms: clients whose breakers opened in the same moment
   * would otherwise all probe in the same moment, and go on doing so.
   */
  readonly spreadMs?: number;
  /** Uniform in [0, 1). Default: from `crypto`. */
  readonly random?: () => number;
  readonly now?: () => number;
}

/**
 * closed ── `failures` in a row ─► open ── `openMs` and a draw later ─► half-open: ONE probe ── answered ─► closed
 *                                   ▲                                         │
 *                                   └──────────────── failed ─────────────────┘
 */
export function createBreaker({
  failures = 5,
  openMs = 5_000,
  spreadMs = 5_000,
  random = cryptoRandom,
  now = monotonicTime,
}: BreakerOptions = {}): Breaker {
  let failed = 0;
  let halfOpenAt: number | undefined;
  let probing = false;

  function conclude(outcome: CallOutcome) {
    if (outcome === 'answered') {
      failed = 0;
      halfOpenAt = undefined;
    } else if (outcome === 'failed') {
      failed += 1;
      if (failed >= failures) halfOpenAt = now() + openMs + random() * spreadMs;
    }
  }

  const state = () => {
    if (halfOpenAt === undefined) return 'closed';
    return now() >= halfOpenAt ? 'half-open' : 'open';
  };

  return {
    state,
    admitsInMs() {
      if (halfOpenAt === undefined) return 0;
      return Math.ceil(Math.max(halfOpenAt - now(), probing ? PROBE_LOOK_MS : 0));
    },
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
          else if (halfOpenAt !== undefined) return;
          conclude(outcome);
        },
      };
    },
  };
}

/** How long a probe is given before somebody looks again what became of it; nothing tells when it will end. */
const PROBE_LOOK_MS = 500;
