import type { Trouble } from '../flaky-network/trouble.ts';

/** One request as the shop's log has it; times by the shop's clock. */
export interface ServerRow {
  readonly requestId: string;
  readonly operation: string;
  /** Tells keys apart; null without one. */
  readonly keyHash: string | null;
  /** The client's own count; null from a client that does not count. */
  readonly attempt: number | null;
  readonly verdict: string;
  readonly reason: string | null;
  readonly httpStatus: number;
  readonly receivedAt: number;
  readonly durationMs: number;
}

/** What the shop made of a request. `executed_again`: it was carried out although an earlier one had been. */
export type Verdict =
  | 'running'
  | 'executed'
  | 'executed_again'
  | 'resumed'
  | 'replayed'
  | 'in_use'
  | 'declined'
  | 'refused'
  | 'not_now';

/** Why the shop received it: the page sent it, or something between the two sent it once more. */
export type Origin = 'page' | 'network' | 'browser';

/** A request in the shop, in milliseconds from the first try. */
export interface Arrival {
  readonly requestId: string;
  readonly fromMs: number;
  /** Null while the shop is at work. */
  readonly toMs: number | null;
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly origin: Origin;
}

/** Refusals of the card, which another card can mend. */
const DECLINES: ReadonlySet<string> = new Set(['card_declined', 'payment_method_invalid', 'authentication_required']);

/** @param executedBefore whether an earlier request of the same payment was carried out. */
export function verdictOf({ verdict, reason, httpStatus }: ServerRow, executedBefore: boolean): Verdict {
  if (verdict === 'running' || verdict === 'replayed' || verdict === 'resumed') return verdict;
  if (reason === null) return executedBefore ? 'executed_again' : 'executed';
  if (DECLINES.has(reason)) return 'declined';
  if (reason === 'idempotency_key_in_use') return 'in_use';
  return httpStatus >= 500 || httpStatus === 429 ? 'not_now' : 'refused';
}

/** @param earlier requests that had arrived for the same try; @param mishap what our own network did to that try. */
export function originOf(earlier: number, mishap: Trouble | null): Origin {
  if (earlier === 0) return 'page';
  // What the page sent once and nobody doubled on the way was repeated by the browser, whose connection had died.
  return mishap === 'duplicate' && earlier === 1 ? 'network' : 'browser';
}
