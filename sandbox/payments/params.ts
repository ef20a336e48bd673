import { z } from 'zod';

/** A form has no numbers, only their digits. */
export const wholeNumber = z
  .string()
  .regex(/^\d{1,10}$/, 'must be a whole number')
  .transform(Number);

/** The smallest charge Stripe takes in euro, dollar and most other currencies is 50 minor units. */
export const amountMinor = wholeNumber.refine((amount) => amount >= 50, 'must be at least 50');

export const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Stripe's bounds: 50 entries, names of 40 characters, values of 500. */
export const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((entries) => Object.keys(entries).length <= 50, 'has more than 50 entries');

export const expandIntent = z.array(z.literal('latest_charge'));

/** What every list takes. A filter that is not understood is refused, never ignored. */
export const pageParams = {
  limit: wholeNumber.pipe(z.number().min(1).max(100)).optional(),
  starting_after: z.string().optional(),
  created: z
    .union([
      wholeNumber.transform((at) => ({ gte: at, lte: at })),
      z.strictObject({
        gt: wholeNumber.optional(),
        gte: wholeNumber.optional(),
        lt: wholeNumber.optional(),
        lte: wholeNumber.optional(),
      }),
    ])
    .optional(),
};
