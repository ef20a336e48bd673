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
 * - `rate_limit`: 429 before anything is done, with `retryAfter` as it stands, garbage included.
 * - `delay`: the request arrives `delayMs` (1000) later, as if it had been under way so long; it holds no key and no
 *   lock yet.
 * - `delay_work`: it takes the provider `delayMs` (1000); meanwhile the key is in use and the object locked.
 * - `delay_answer`: done at once, answered `delayMs` (1000) later.
 * - `drop_answer`: done, then the socket is cut without a word.
 * - `cut_answer`: done, then the socket is cut in the middle of the answer's body.
 * - `error`: `status` (500) before anything is done. With `saved` the failure is kept under the idempotency key.
 * - `error_after`: done, then `status` (500), which is what the idempotency key replays from then on.
 * - `answer_twice`: done once, the same answer is written to the socket twice.
 * - `alter_answer`: done, but the fields of `answer` stand over those of the true answer.
 * - `forget_keys`: the provider no longer knows the request's idempotency key.
 * - `replica`: answered by a second replica. It and the first learn of each other's keys, and of what became of an
 *   intent, after `delayMs` (5000). That an intent was made, and every charge, is known to both at once.
 * - `webhook_twice`, `webhook_shuffled`, `webhook_forged`, `webhook_stale`: the request's webhooks come twice, in
 *   reverse and `delayMs` (1000) late, with a forged one beside them, or with one beside them whose signature is true
 *   but older than Stripe's five minutes.
 * - `tax_rate`: the tax service has another opinion: `rate` instead of 0.2.
 */
const faultKinds = [
  'refuse',
  'rate_limit',
  'delay',
  'delay_work',
  'delay_answer',
  'drop_answer',
  'cut_answer',
  'error',
  'error_after',
  'answer_twice',
  'alter_answer',
  'forget_keys',
  'replica',
  'webhook_twice',
  'webhook_shuffled',
  'webhook_forged',
  'webhook_stale',
  'tax_rate',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** The body of `POST /faults`. */
export const faultScript = z
  .strictObject({
    operation: z.enum([...operations, '*']),
    fault: z.enum(faultKinds),
    /** How many requests it strikes; 0 means until it is deleted. */
    times: z.number().int().min(0).default(1),
    /** How many matching requests it lets through first. */
    skip: z.number().int().min(0).default(0),
    delayMs: z.number().int().min(0).max(3_600_000).optional(),
    status: z.number().int().min(400).max(599).default(500),
    retryAfter: z
      .union([z.string().regex(/^[\x20-\x7e]*$/), z.number()])
      .transform(String)
      .optional(),
    saved: z.boolean().default(false),
    answer: z.record(z.string(), z.unknown()).optional(),
    rate: z.number().min(0).max(10).optional(),
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
  })
  .refine(({ operation, fault }) => isPossible(operation, fault), 'This fault cannot strike this operation.')
  .refine(
    ({ fault, answer }) => (fault === 'alter_answer') === (answer !== undefined),
    '`answer` is what `alter_answer` needs.',
  )
  .refine(({ fault, rate }) => (fault === 'tax_rate') === (rate !== undefined), '`rate` is what `tax_rate` needs.');
export type FaultScript = z.output<typeof faultScript>;

const onlyAtTheProvider: ReadonlySet<FaultKind> = new Set([
  'delay_work',
  'forget_keys',
  'replica',
  'webhook_twice',
  'webhook_shuffled',
  'webhook_forged',
  'webhook_stale',
]);
/** Mail is answered by a number and a sentence, which leaves no body to play with. */
const neverByMail: ReadonlySet<FaultKind> = new Set(['cut_answer', 'answer_twice', 'alter_answer']);

function isPossible(operation: Operation | '*', fault: FaultKind): boolean {
  if (operation === '*') return true;
  if (fault === 'tax_rate') return operation === 'tax.quote';
  if (operation === 'mail.receive' && neverByMail.has(fault)) return false;
  return !onlyAtTheProvider.has(fault) || (operation !== 'tax.quote' && operation !== 'mail.receive');
}
