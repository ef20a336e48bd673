import { z } from 'zod';

/** A billion: far from where a number of JavaScript stops being exact. */
export const VALUE_MAX = 1_000_000_000;

export const counterRef = z.strictObject({
  counterId: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes, underscores'),
});

export const counterChange = z.union([
  z.strictObject({ op: z.literal('increment') }),
  z.strictObject({ value: z.number().int().min(0).max(VALUE_MAX) }),
]);

export type CounterChange = z.output<typeof counterChange>;
