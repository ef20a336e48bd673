import type { Arrival, Origin, Verdict } from './arrival.ts';
import type { Lane, Wait } from './lanes.ts';

/** What the shop made of a request, in few words: they stand beside the sign and carry the meaning. */
export const VERDICT_WORDS: Record<Verdict, string> = {
  running: 'at work',
  executed: 'carried out',
  executed_again: 'carried out again',
  resumed: 'carried on from there',
  replayed: 'same answer again',
  in_use: 'first still at work',
  declined: 'declined',
  refused: 'refused',
  not_now: 'not now',
};

/** Why it came, where the page had not sent it. */
export const ORIGIN_WORDS: Record<Origin, string | null> = {
  page: null,
  network: 'delivered twice by the network',
  browser: 'sent again by your browser',
};

/** Less than this after the end of a try is about then: two clocks are not brought together more closely. */
const LATE_MIN_MS = 50;

/** How the try looks from here. */
export const ENDING_WORDS: Record<Lane['ending'], string> = {
  waiting: 'waiting',
  no_answer: 'no answer',
  busy: 'not now',
  in_use: 'in use',
  answered: 'answered',
};

/** What only both sides together can tell: what was lost, and whether anything was done. */
export function laneSentence(lane: Lane): string {
  const { ending, arrivals } = lane;
  const isDone = arrivals.some(isOver);
  switch (ending) {
    case 'waiting':
      if (arrivals.length === 0) return 'On its way to the shop.';
      return isDone ? 'The shop is done. Its answer is on the way.' : 'The shop is at work.';
    case 'no_answer':
      return unansweredSentence(lane);
    case 'busy':
      return busySentence(lane);
    case 'in_use':
      return 'The shop was still at work on the first.';
    case 'answered':
      return answeredSentence(arrivals.findLast(isOver)?.verdict);
  }
}

/** The shop's log dies with the shop: that a request is not in it is no proof that it never came. */
function unansweredSentence({ toMs, arrivals, mishap }: Lane): string {
  if (arrivals.length === 0) {
    if (mishap === 'offline') return 'You were offline.';
    if (mishap === 'lose_request') return 'It did not reach the shop.';
    return 'The shop shows no record of it. If the shop died, its log died too.';
  }
  const ends = arrivals.flatMap((arrival) => arrival.toMs ?? []);
  if (ends.length === 0) return 'You stopped waiting. The shop is still at work.';
  return Math.min(...ends) > (toMs ?? 0) + LATE_MIN_MS
    ? 'You stopped waiting before the shop was done.'
    : 'The shop had answered. The answer was lost.';
}

function busySentence({ arrivals, mishap }: Lane): string {
  if (arrivals.length > 0) return 'The shop asked for patience.';
  const isOurs = mishap === 'answer_503' || mishap === 'answer_429';
  return isOurs ? 'It was turned away before the shop.' : 'It was turned away. The shop shows no record of it.';
}

function answeredSentence(verdict: Verdict | undefined): string {
  switch (verdict) {
    case 'replayed':
      return 'You got the answer that had been stored.';
    case 'declined':
    case 'refused':
      return 'You got the answer: it was a no.';
    default:
      return 'You got the answer.';
  }
}

const isOver = ({ toMs }: Arrival) => toMs !== null;

/** `Waits 312 ms, drawn at random.` */
export function waitWords({ waitMs, drawnMs, retryAfterMs, heldUpMs, heldUpBy }: Wait): string {
  const asked =
    retryAfterMs === null
      ? `Waits ${duration(waitMs)}, drawn at random`
      : `Waits ${duration(waitMs)}: asked for ${duration(retryAfterMs)} (Retry-After), drew ${duration(drawnMs)} on top`;
  return heldUpMs > 0 ? `${asked}, then ${duration(heldUpMs)} ${heldUpWords(heldUpBy)}.` : `${asked}.`;
}

function heldUpWords(heldUpBy: Wait['heldUpBy']): string {
  switch (heldUpBy) {
    case 'offline':
      return 'without a connection';
    case 'shop_silent':
      return 'because the shop was silent';
    case undefined:
      return 'more';
  }
}

/** `Sent 2 · Received 4`, and who sent the rest. */
export function surplusWords(lanes: readonly Lane[]): string | null {
  const byBrowser = lanes.flatMap(({ arrivals }) => arrivals).filter(({ origin }) => origin === 'browser').length;
  if (byBrowser === 0) return null;
  return `Your browser sent ${byBrowser} of them again by itself: it does so when a connection dies before the answer.`;
}

/** `From 4 ms to 52 ms`: of a bar, from the first try on. */
export function spanWords(fromMs: number, toMs: number | null): string {
  return toMs === null ? `from ${duration(fromMs)}, not over` : `${duration(fromMs)} to ${duration(toMs)}`;
}

/** `You: 0 ms to 60 ms. Shop: 5 ms to 50 ms.` */
export function timesWords({ fromMs, toMs, arrivals }: Lane): string {
  const shop = arrivals.map((arrival) => spanWords(arrival.fromMs, arrival.toMs));
  return [`You: ${spanWords(fromMs, toMs)}.`, ...shop.map((span) => `Shop: ${span}.`)].join(' ');
}

export function duration(milliseconds: number): string {
  const rounded = Math.round(milliseconds);
  return Math.abs(rounded) < 1_000 ? `${rounded} ms` : `${(rounded / 1_000).toFixed(rounded < 10_000 ? 2 : 1)} s`;
}
