import { z } from 'zod';

/** What one Pay click sends. It is hashed as parsed, so nothing here may change between two sends of one attempt. */
export const payInput = z.strictObject({
  cartId: z.uuid(),
  /** A token of the provider; card numbers never reach this shop. */
  paymentMethod: z.string().regex(/^pm_[A-Za-z0-9_]{1,64}$/, 'must be a payment method token'),
  /** The total that the customer saw. */
  expectedTotalMinor: z.number().int().min(1).max(99_999_999),
  email: z.email().max(254),
  /** The version of the cart that the customer saw. */
  cartVersion: z.number().int().min(1).optional(),
});

export type PayInput = z.output<typeof payInput>;

/** A paid order as `checkout.pay` answers it. A type and not an interface, so that it counts as JSON. */
export type PaidOrder = {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly status: 'paid';
  readonly totalMinor: number;
  readonly currency: string;
  readonly chargeId: string;
  readonly paidAt: number;
};

export const keyInput = z.strictObject({ idempotencyKey: z.string().min(1).max(255) });
