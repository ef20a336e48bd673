import type { Try } from '../../checkout/payment-state.ts';
import type { ServerRow } from '../arrival.ts';
import { layOut, type Story } from '../lanes.ts';

/** When the payment of every test begins. */
export const START = 1_700_000_000_000;

let requests = 0;

/** A request in the shop's log; times in milliseconds from the start. */
export function row(attempt: number | null, [from, to]: readonly [number, number | null], more = {}): ServerRow {
  requests += 1;
  return {
    requestId: `request-${requests}`,
    operation: 'checkout.pay',
    keyHash: 'a key',
    attempt,
    verdict: to === null ? 'running' : 'executed',
    reason: null,
    httpStatus: 200,
    receivedAt: START + from,
    durationMs: to === null ? 0 : to - from,
    ...more,
  };
}

/** A try as the page saw it; times in milliseconds from the start. */
export function tryOf(number: number, [from, to]: readonly [number, number | null], more: Partial<Try> = {}): Try {
  return {
    number,
    startedAt: START + from,
    endedAt: to === null ? null : START + to,
    ending: to === null ? 'waiting' : 'answered',
    wait: null,
    ...more,
  };
}

export const lost = (waitMs: number): Partial<Try> => ({
  ending: 'no_answer',
  wait: { waitMs, drawnMs: waitMs, retryAfterMs: null },
});

/** The lanes as they look once everything was heard, ten seconds on; the shop's clock is ahead by `aheadMs`. */
export function laidOut(tries: readonly Try[], rows: readonly ServerRow[], more: Partial<Story> & AheadOf = {}) {
  const { aheadMs = 0, ...story } = more;
  const now = START + 10_000;
  const seen = {
    rows: rows.map((one) => ({ ...one, receivedAt: one.receivedAt + aheadMs })),
    serverNow: now - 30 + aheadMs,
    seenAt: now,
  };
  return layOut({ tries, seen, mishapOf: () => null, now, ...story });
}

interface AheadOf {
  readonly aheadMs?: number;
}
