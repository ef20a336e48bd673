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

const ratePercent = 20;

/** `POST /tax/quote` → `{ taxMinor, rate }`: 20 % on the subtotal, rounded half up. */
export function taxRoute(): Route {
  return {
    method: 'POST',
    path: '/tax/quote',
    subject: ({ input, headers }) => {
      const key = headers['idempotency-key'];
      return subjectOf('tax.quote', typeof key === 'string' ? key : undefined, [input]);
    },
    answer: ({ input }) => {
      const parsed = quoteRequest.safeParse(input);
      if (!parsed.success) return refusal(400, z.prettifyError(parsed.error));
      return ok({ taxMinor: taxMinorOn(parsed.data.subtotalMinor), rate: ratePercent / 100 });
    },
  };
}

/** In whole numbers, because 0.2 is none that a computer can hold. */
function taxMinorOn(subtotalMinor: number): number {
  return Math.floor((subtotalMinor * ratePercent + 50) / 100);
}
