import { parseHttpDate } from './http-date.ts';

/** The longest wait that a server can ask for. More than the whole budget of a payment is no advice, it is a no. */
export const RETRY_AFTER_MS_MAX = 60_000;

/**
 * A `Retry-After` value as milliseconds from `nowMs`, or undefined when there is none or it makes no sense: then the
 * client's own backoff decides. Seconds and HTTP-dates count; a date in the past means now; a huge value is clamped.
 * Give the answer's own `Date` as `nowMs` when it has one: the client's clock may be hours off.
 */
export function parseRetryAfter(
  value: string | null | undefined,
  nowMs: number,
  maxMs: number = RETRY_AFTER_MS_MAX,
): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return clampRetryAfter(Number(text) * 1000, maxMs);
  const at = parseHttpDate(text);
  return at === undefined ? undefined : clampRetryAfter(at - nowMs, maxMs);
}

/** Advice that came as a number (a body field). What is no number is no advice. */
export function clampRetryAfter(waitMs: unknown, maxMs: number = RETRY_AFTER_MS_MAX): number | undefined {
  if (typeof waitMs !== 'number' || Number.isNaN(waitMs)) return undefined;
  return Math.min(maxMs, Math.max(0, waitMs));
}
