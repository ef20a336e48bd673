import Stripe from 'stripe';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { shopError } from '../errors.ts';

export interface WebhookEvent {
  readonly eventId: string;
  readonly type: string;
  /** Unix milliseconds by the provider's clock, which gives whole seconds. */
  readonly madeAt: number;
  /** The intent as the event shows it; null when the event is about something else. */
  readonly intent: { readonly intentId: string; readonly status: string } | null;
}

/** As long as Stripe's own client believes a signature: what was recorded on its way is of no use after it. */
const TOLERANCE_SECONDS = 300;

/**
 * The event, when the provider has signed exactly this body a short while ago; else undefined.
 *
 * @throws a ShopError when what it has signed is no event: no delivery of it will ever be understood.
 */
export function readWebhook(
  { body, signature }: { readonly body: string; readonly signature: string | null },
  { secret, clock }: { readonly secret: string; readonly clock: Clock },
): WebhookEvent | undefined {
  try {
    const signed = Stripe.webhooks.constructEvent(body, signature ?? '', secret, TOLERANCE_SECONDS, undefined, clock());
    return toEvent(event.parse(signed));
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return undefined;
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw shopError('malformed_request');
    throw error;
  }
}

/** Text that can be stored as it came: without half of a surrogate pair, which JSON can escape and UTF-8 cannot say. */
const text = z.string().regex(/^[^\ud800-\udfff]*$/u);

/** What every event has. Refusing one for what it is about would have it sent again for days. */
const event = z.object({
  id: text.min(1),
  type: text,
  created: z.number().int(),
  data: z.object({ object: z.unknown().optional() }),
});

/** The one kind of object that we act on; others, such as a balance, need not even have an id. */
const intent = z.object({ object: z.literal('payment_intent'), id: text, status: text });

function toEvent({ id, type, created, data: { object } }: z.output<typeof event>): WebhookEvent {
  const about = intent.safeParse(object);
  return {
    eventId: id,
    type,
    madeAt: created * 1000,
    intent: about.success ? { intentId: about.data.id, status: about.data.status } : null,
  };
}
