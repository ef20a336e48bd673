import type { Try, TryWait } from '../checkout/payment-state.ts';
import type { Trouble } from '../flaky-network/trouble.ts';
import { type Arrival, originOf, type ServerRow, verdictOf } from './arrival.ts';
import { clockOffset, type Seen } from './clock-offset.ts';

/** The pause after a try. */
export interface Wait extends TryWait {
  readonly fromMs: number;
  /** When the next try began; while there is none, when it will. */
  readonly toMs: number;
  /** How much longer than meant it lasted. */
  readonly heldUpMs: number;
}

/** One try: what this browser saw of it, what the shop saw of it, and the pause after it. Milliseconds from the first. */
export interface Lane {
  readonly number: number;
  readonly fromMs: number;
  /** Null while it waits for its answer. */
  readonly toMs: number | null;
  readonly ending: Try['ending'];
  /** What our own network did to it, if it did. */
  readonly mishap: Trouble | null;
  /** Oldest first. */
  readonly arrivals: readonly Arrival[];
  readonly wait: Wait | null;
}

export interface Layout {
  readonly lanes: readonly Lane[];
  /** Requests that the page has made, and those that the shop has received of them. */
  readonly sent: number;
  readonly received: number;
  readonly endMs: number;
}

export interface Story {
  readonly tries: readonly Try[];
  /** What the shop has said by now; null before it said anything. */
  readonly seen: Seen | null;
  readonly mishapOf: (one: Try) => Trouble | null;
  readonly now: number;
}

/** Beyond this a pause was longer than it was meant to be; below it timers were late. */
const HELD_UP_MIN_MS = 700;

/** Two clocks on one machine are read at different moments of it. */
const EARLY_MAX_MS = 50;

/** The lanes of the last payment: each request of the shop's log beside the try that it belongs to. */
export function layOut({ tries, seen, mishapOf, now }: Story): Layout {
  const startedAt = tries[0]?.startedAt ?? now;
  const rows = seen ? rowsOf(startedAt, seen) : [];
  const offsetMs = seen ? clockOffset(tries, { ...seen, rows }) : 0;
  const at = (row: ServerRow) => row.receivedAt - offsetMs;
  const firstExecuted = rows.find((row) => row.verdict === 'executed' && row.reason === null);

  const lanes = tries.map((one, index): Lane => {
    const mishap = mishapOf(one);
    const own = rows.filter((row) => tryOf(row, at(row), tries) === one);
    return {
      number: one.number,
      fromMs: one.startedAt - startedAt,
      toMs: one.endedAt === null ? null : one.endedAt - startedAt,
      ending: one.ending,
      mishap,
      arrivals: own.map((row, earlier) => ({
        requestId: row.requestId,
        fromMs: at(row) - startedAt,
        toMs: row.verdict === 'running' ? null : at(row) + row.durationMs - startedAt,
        verdict: verdictOf(row, firstExecuted !== undefined && firstExecuted !== row),
        reason: row.reason,
        origin: originOf(earlier, mishap),
      })),
      wait: waitAfter(one, tries[index + 1], startedAt),
    };
  });
  return { lanes, sent: tries.length, received: rows.length, endMs: endOf(lanes, now - startedAt) };
}

/**
 * The requests of this payment, oldest first. Earlier payments of the same cart came before it, and with other keys. The
 * shop's clock, when it was heard, was ahead by at least what it was then: messages take time.
 */
function rowsOf(startedAt: number, { rows, serverNow, seenAt }: Seen): readonly ServerRow[] {
  const earliest = startedAt + (serverNow - seenAt) - EARLY_MAX_MS;
  const payments = rows
    .filter(({ operation, receivedAt }) => operation.startsWith('checkout.pay') && receivedAt >= earliest)
    .toSorted((one, other) => one.receivedAt - other.receivedAt);
  const keyHash = payments.at(-1)?.keyHash;
  return payments.filter((row) => row.keyHash === keyHash);
}

/** By the number that came with it; without one, by its time. */
function tryOf(row: ServerRow, receivedAt: number, tries: readonly Try[]): Try | undefined {
  const numbered = tries.find(({ number }) => number === row.attempt);
  return numbered ?? tries.findLast(({ startedAt }) => startedAt <= receivedAt) ?? tries[0];
}

function waitAfter(one: Try, next: Try | undefined, startedAt: number): Wait | null {
  if (one.wait === null || one.endedAt === null) return null;
  const meant = one.endedAt + one.wait.waitMs;
  const ended = next?.startedAt ?? meant;
  const lateMs = ended - meant;
  return {
    ...one.wait,
    fromMs: one.endedAt - startedAt,
    toMs: ended - startedAt,
    heldUpMs: lateMs >= HELD_UP_MIN_MS ? lateMs : 0,
  };
}

/** While something is under way the picture ends now; afterwards with the last that happened. */
function endOf(lanes: readonly Lane[], nowMs: number): number {
  const isOpen = lanes.some(({ toMs, arrivals }) => toMs === null || arrivals.some((arrival) => arrival.toMs === null));
  const ends = lanes.flatMap(({ toMs, wait, arrivals }) => [
    toMs ?? 0,
    wait?.toMs ?? 0,
    ...arrivals.map((arrival) => arrival.toMs ?? 0),
  ]);
  return Math.max(1, ...ends, isOpen ? nowMs : 0);
}
