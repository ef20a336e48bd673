import {
  classifyHttp,
  createRetryBudget,
  fullJitter,
  parseRetryAfter,
  retry,
  TimedOutError,
  type Verdict,
} from '@payonce/retry';
import Stripe from 'stripe';
import { wallClock } from '../clock.ts';
import { PROVIDER_TIMEOUT_MS } from './stripe-client.ts';

/** Enough for a lost packet or a connection that a restart has cut. What lasts longer is for the next try of the key. */
export const QUESTION_ATTEMPTS = 3;
const BACKOFF = fullJitter({ baseMs: 100, capMs: 200 });

/**
 * For questions alone, which change nothing. What makes or moves something is not repeated below the payment: that looks
 * first at what has become of it.
 *
 * All calls and waits together take no longer than one call may, so that the order of windows holds. One budget for all
 * that is asked: a provider that is down is asked a tenth more and no three times as much.
 *
 * @returns a function that rejects with what the last call threw.
 */
export function askingAgain() {
  const budget = createRetryBudget();
  return async <T>(ask: () => Promise<T>): Promise<T> => {
    const result = await retry(ask, {
      backoff: BACKOFF,
      attempts: QUESTION_ATTEMPTS,
      perTryTimeoutMs: PROVIDER_TIMEOUT_MS,
      totalDeadlineMs: PROVIDER_TIMEOUT_MS,
      classify,
      budget,
    });
    if (result.kind === 'ok') return result.value;
    throw result.lastError;
  };
}

function classify(error: unknown): Verdict {
  if (error instanceof TimedOutError) return classifyHttp({ timedOut: true });
  // Anything else is a bug of ours.
  if (!(error instanceof Stripe.errors.StripeError)) return { kind: 'stop', why: 'unrecognised' };
  const { statusCode: status, headers } = error;
  return classifyHttp({ status, retryAfterMs: parseRetryAfter(headers?.['retry-after'], wallClock()) });
}
