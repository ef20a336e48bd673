import type { Database } from '#db/open.ts';
import { findWaitingKey } from '#db/payments.ts';
import { recordIntentState, takeEvent } from '#db/webhooks.ts';
import type { Clock } from '../clock.ts';
import { readWebhook } from './webhook-event.ts';

export interface InboxTools {
  readonly database: Database;
  readonly clock: Clock;
  /** What the provider signs with. */
  readonly secret: string;
  /** Called when a payment that waits may now be finished. */
  readonly carryOn: (waiting: { readonly principal: string; readonly idempotencyKey: string }) => void;
}

export type WebhookInbox = ReturnType<typeof createWebhookInbox>;

/** Where the provider tells what happened, more than once, late and in any order. */
export function createWebhookInbox({ database, clock, secret, carryOn }: InboxTools) {
  return {
    /**
     * Resolves when the event and its effect are committed, now or earlier. It never writes an order: it says that
     * there is something to look at, and whoever carries the payment on asks the provider.
     */
    async take(sent: { readonly body: string; readonly signature: string | null }): Promise<'taken' | 'not-signed'> {
      const event = readWebhook(sent, { secret, clock });
      if (!event) return 'not-signed';
      const { eventId, type, madeAt, intent } = event;
      const isNew = await database.write(async (tx) => {
        const isFirst = await takeEvent(tx, { eventId, type, receivedAt: clock() });
        if (isFirst && intent) await recordIntentState(tx, { ...intent, saidAt: madeAt });
        return isFirst;
      });
      const waiting = isNew && intent ? await findWaitingKey(database.reader, intent.intentId) : undefined;
      if (waiting) carryOn(waiting);
      return 'taken';
    },
  };
}
