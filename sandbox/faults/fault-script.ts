import { z } from 'zod';

const operations = [
  'payment_intents.create',
  'payment_intents.confirm',
  'payment_intents.cancel',
  'payment_intents.retrieve',
  'payment_intents.list',
  'charges.retrieve',
  'charges.list',
  'refunds.create',
  'refunds.retrieve',
  'refunds.list',
  'events.retrieve',
  'events.list',
  'tax.quote',
  'mail.receive',
] as const;
export type Operation = (typeof operations)[number];

/**
 * What can go wrong. Several faults may strike one request, at most one of each kind.
 * - `refuse`: the socket is cut before anything is done.
 * - `delay`: the request arrives `delayMs` later, as if it had been under way so long; it holds no key and no lock yet.
 * - `delay_answer`: done at once, answered `delayMs` later.
 * - `drop_answer`: done, then the socket is cut.
 * - `error`: `status` (500) before anything is done. With `saved` the failure is kept under the idempotency key.
 * - `error_after`: done, then `status` (500), which is what the idempotency key replays from then on.
 * - `answer_twice`: done once, the same answer is written to the socket twice.
 * - `forget_keys`: the provider no longer knows the request's idempotency key.
 * - `replica`: answered by a second replica. It and the first learn of each other's writes after `delayMs` (5000).
 * - `rate_limit`: 429 before anything is done, with `retryAfter` as it stands, garbage included.
 * - `webhook_twice`, `webhook_shuffled`, `webhook_forged`: the request's webhooks come twice, late and in reverse, or
 *   with a forged one beside them.
 */
const faultKinds = [
  'refuse',
  'delay',
  'delay_answer',
  'drop_answer',
  'error',
  'error_after',
  'answer_twice',
  'forget_keys',
  'replica',
  'rate_limit',
  'webhook_twice',
  'webhook_shuffled',
  'webhook_forged',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** The body of `POST /faults`. */
export const faultScript = z.strictObject({
  operation: z.enum([...operations, '*']),
  fault: z.enum(faultKinds),
  /** How many requests it strikes; 0 means until it is deleted. */
  times: z.number().int().min(0).default(1),
  delayMs: z.number().int().min(0).max(3_600_000).optional(),
  status: z.number().int().min(400).max(599).default(500),
  retryAfter: z.union([z.string(), z.number()]).transform(String).optional(),
  saved: z.boolean().default(false),
  /** All that are given must hold. For a confirm they are compared with the intent, whose own request has none. */
  match: z
    .strictObject({
      transferGroup: z.string().optional(),
      email: z.string().optional(),
      idempotencyKeyPrefix: z.string().optional(),
      cartId: z.string().optional(),
      metadata: z.record(z.string(), z.string()).optional(),
    })
    .default({}),
});
export type FaultScript = z.output<typeof faultScript>;
