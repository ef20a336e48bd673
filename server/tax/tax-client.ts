import {
  AnswerError,
  type Breaker,
  type BreakerOptions,
  createBreaker,
  failureOf,
  fullJitter,
  retry,
} from '@payonce/retry';
import { z } from 'zod';
import { wallClock } from '../clock.ts';
import type { TaxAnswer, TaxRequest, TaxService } from './tax-service.ts';

/** A tax is a number: an answer that takes longer is no better than none, and the customer is waiting. */
const PER_TRY_TIMEOUT_MS = 2_000;

/** Four calls with waits of at most 200, 400 and 800 ms between them. */
const ATTEMPTS = 4;
const BACKOFF = fullJitter({ baseMs: 200, capMs: 800 });

/** All calls and all waits: 4 × 2 s and 1.4 s. */
const TOTAL_DEADLINE_MS = 9_400;

/** Two quotes that failed in each of their tries, with no answer to anybody in between: that is no bad luck. */
const FAILURES_IN_A_ROW = 2 * ATTEMPTS;

/** Most outages are a restart. Until then each checkout is told at once what it would have learned after 9 s. */
const BREAKER_OPEN_MS = 5_000;

/** So much longer at most, drawn: several processes of one shop do not probe in step. */
const BREAKER_SPREAD_MS = 1_000;

/** A second is the least that a header can say. */
const RETRY_AFTER_MS_MIN = 1_000;

const ANSWER_CHARACTERS_MAX = 4_096;

const answerSchema = z.object({ taxMinor: z.number().int().min(0) });

/** Shared by all that ask the service: what one of them has learned spares the others their wait. */
export function taxBreaker(options: Pick<BreakerOptions, 'now' | 'random'> = {}): Breaker {
  return createBreaker({
    failures: FAILURES_IN_A_ROW,
    openMs: BREAKER_OPEN_MS,
    spreadMs: BREAKER_SPREAD_MS,
    ...options,
  });
}

/** The tax service over HTTP. Whatever it sends is checked; what is not a tax for this total is no answer. */
export function createTaxClient(url: string, breaker: Breaker): TaxService {
  return {
    async quote(request: TaxRequest): Promise<TaxAnswer> {
      const result = await retry(({ signal }) => ask(url, request, signal), {
        backoff: BACKOFF,
        attempts: ATTEMPTS,
        perTryTimeoutMs: PER_TRY_TIMEOUT_MS,
        totalDeadlineMs: TOTAL_DEADLINE_MS,
        breaker,
      });
      if (result.kind === 'ok') return { kind: 'taxed', taxMinor: result.value };
      if (breaker.state() === 'closed') return { kind: 'unavailable' };
      return { kind: 'unavailable', retryAfterMs: Math.max(RETRY_AFTER_MS_MIN, breaker.admitsInMs()) };
    },
  };
}

async function ask(url: string, request: TaxRequest, signal: AbortSignal): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      lines: request.lines.map(({ sku, quantity, unitAmountMinor }) => ({ sku, quantity, unitAmountMinor })),
      subtotalMinor: request.subtotalMinor,
      currency: request.currency,
      cartId: request.cartId,
    }),
    // A service that sends us elsewhere is not the one that was configured.
    redirect: 'error',
    signal,
  });
  if (!response.ok) throw new AnswerError(failureOf(response, wallClock()));
  const text = await response.text();
  const parsed = answerSchema.safeParse(text.length <= ANSWER_CHARACTERS_MAX ? parseJson(text) : undefined);
  // More tax than goods is a mistake on their side, and charging it would be one on ours.
  if (!parsed.success || parsed.data.taxMinor > request.subtotalMinor) {
    throw new AnswerError({ status: response.status, bodyCut: true });
  }
  return parsed.data.taxMinor;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
