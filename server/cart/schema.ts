import { z } from 'zod';

/** More kinds of things than the shelf has, and as many of one as anybody carries home. */
const LINES_MAX = 20;
const QUANTITY_MAX = 99;

export const cartRef = z.strictObject({ cartId: z.uuid() });

const lines = z
  .array(z.strictObject({ sku: z.string().min(1).max(64), quantity: z.number().int().min(1).max(QUANTITY_MAX) }))
  .max(LINES_MAX)
  .refine((lines) => new Set(lines.map(({ sku }) => sku)).size === lines.length, 'a sku may appear once');

/** The cart whole, where its id is in the path. */
export const cartBody = z.strictObject({ lines });

export const cartPut = z.strictObject({
  cartId: z.uuid(),
  lines,
  expectedVersion: z.number().int().min(0).optional(),
});

export type CartPut = z.output<typeof cartPut>;
