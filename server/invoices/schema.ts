import { z } from 'zod';
import { OUR_NUMBERS } from '#db/invoices.ts';

const number = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'must be 1 to 40 letters, digits, dots, dashes, underscores');

export const invoiceRef = z.strictObject({ number });

/** A number that the client chose. */
export const ownInvoiceRef = z.strictObject({
  number: number.refine((text) => !text.startsWith(OUR_NUMBERS), `${OUR_NUMBERS}… are numbers that POST gives`),
});

export const invoiceContent = z.strictObject({
  customer: z.string().trim().min(1).max(200),
  amountMinor: z.number().int().min(1).max(99_999_999),
  currency: z.literal('eur'),
});
