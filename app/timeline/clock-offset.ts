import type { Try } from '../checkout/payment-state.ts';
import type { ServerRow } from './arrival.ts';

/** What the shop said, and when by both clocks. */
export interface Seen {
  readonly rows: readonly ServerRow[];
  /** The shop's clock when it said it. */
  readonly serverNow: number;
  /** This browser's clock when it was heard. */
  readonly seenAt: number;
}

/** Both clocks are read in whole milliseconds, and so is how long something took. */
const ROUNDING_MS = 2;

/**
 * How far the shop's clock is ahead of this browser's, in milliseconds. Nothing is received before it is sent, and
 * nothing heard before it is done: each try narrows what the difference can be. Where the two can agree, they do.
 */
export function clockOffset(tries: readonly Try[], { rows, serverNow, seenAt }: Seen): number {
  let least = serverNow - seenAt;
  let most = Number.POSITIVE_INFINITY;
  for (const { number, startedAt, endedAt, ending } of tries) {
    const own = rows.filter((row) => row.attempt === number);
    if (own.length === 0) continue;
    most = Math.min(most, ...own.map((row) => row.receivedAt - startedAt));
    if (endedAt === null || ending === 'no_answer') continue;
    // One of its requests was answered in time; what was sent again beside it may have ended later.
    const ends = own.filter(({ verdict }) => verdict !== 'running').map((row) => row.receivedAt + row.durationMs);
    if (ends.length > 0) least = Math.max(least, Math.min(...ends) - endedAt);
  }
  if (least <= ROUNDING_MS && most >= -ROUNDING_MS) return 0;
  return most === Number.POSITIVE_INFINITY ? least : Math.round((least + most) / 2);
}
