import { AnswerError, failureOf, fullJitter, retry } from '@payonce/retry';
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

const ANSWER_CHARACTERS_MAX = 4_096;

const answerSchema = z.object({ taxMinor: z.number().int().min(0) });

/** The tax service over HTTP. Whatever it sends is checked; what is not a tax for this total is no answer. */
export function createTaxClient(url: string): TaxService {
  return {
    async quote(request: TaxRequest): Promise<TaxAnswer> {
      const result = await retry(({ signal }) => ask(url, request, signal), {
        backoff: BACKOFF,
        attempts: ATTEMPTS,
        perTryTimeoutMs: PER_TRY_TIMEOUT_MS,
        totalDeadlineMs: TOTAL_DEADLINE_MS,
      });
      return result.kind === 'ok' ? { kind: 'taxed', taxMinor: result.value } : { kind: 'unavailable' };
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
