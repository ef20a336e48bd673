import { z } from 'zod';
import { subjectOf } from '../faults/fault-subject.ts';
import type { Route } from '../http/http.ts';
import { ok, refusal } from '../http/reply.ts';

const quoteRequest = z.object({
  lines: z.array(
    z.object({
      sku: z.string(),
      quantity: z.number().int().positive(),
      unitAmountMinor: z.number().int().nonnegative(),
    }),
  ),
  subtotalMinor: z.number().int().nonnegative().max(1_000_000_000),
  currency: z.string(),
});

const rateUsual = 0.2;

/** `POST /tax/quote` → `{ taxMinor, rate }`: 20 % on the subtotal, rounded half up, unless a fault has another rate. */
export function taxRoute(): Route {
  return {
    method: 'POST',
    path: '/tax/quote',
    subject: ({ input, headers }) => {
      const key = headers['idempotency-key'];
      return subjectOf('tax.quote', typeof key === 'string' ? key : undefined, [input]);
    },
    answer: ({ input }, strikes) => {
      const parsed = quoteRequest.safeParse(input);
      if (!parsed.success) return refusal(400, z.prettifyError(parsed.error));
      const rate = strikes.get('tax_rate')?.rate ?? rateUsual;
      return ok({ taxMinor: taxMinorOn(parsed.data.subtotalMinor, rate), rate });
    },
  };
}

/** In whole hundredths of a percent, because 0.2 is no number that a computer can hold. */
function taxMinorOn(subtotalMinor: number, rate: number): number {
  return Math.floor((subtotalMinor * Math.round(rate * 10_000) + 5_000) / 10_000);
}
