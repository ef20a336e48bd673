import type { Engine, KeyRef } from '@payonce/trpc-idempotency';
import { createConsumer } from '@payonce/trpc-idempotency/consumer';
import type { Database, Tx } from '#db/open.ts';
import { findWaitingKey } from '#db/payments.ts';
import type { Clock } from '../clock.ts';
import { TENANT } from '../context.ts';
import { shopError } from '../errors.ts';
import { takeEvent } from './take-event.ts';
import { readWebhook } from './webhook-event.ts';

export interface InboxTools {
  readonly engine: Engine<Tx>;
  readonly database: Database;
  readonly clock: Clock;
  /** What the provider signs with. */
  readonly secret: string;
  /** The name under which payments have their keys. */
  readonly operation: string;
  /** Called when a payment that waits may now be finished. */
  readonly carryOn: (waiting: KeyRef) => void;
}

export type WebhookInbox = ReturnType<typeof createWebhookInbox>;

/** Where the provider tells what happened, more than once, late and in any order. The id of an event is its key. */
export function createWebhookInbox({ engine, database, clock, secret, operation, carryOn }: InboxTools) {
  const { consume } = createConsumer({ engine, tenant: TENANT, source: 'payments' });
  return {
    /**
     * Resolves when the event and its effect are committed, now or earlier. Whoever carries the payment on asks the
     * provider: an event says only that there is something to look at.
     */
    async take(sent: { readonly body: string; readonly signature: string | null }): Promise<'taken' | 'not-signed'> {
      const event = readWebhook(sent, { secret, clock });
      if (!event) return 'not-signed';
      const { eventId, ...told } = event;
      switch (await consume(takeEvent, eventId, told)) {
        case 'applied': {
          const intentId = told.intent?.intentId;
          const waiting = intentId && (await findWaitingKey(database.reader, { tenant: TENANT, operation, intentId }));
          if (waiting) carryOn(waiting);
          return 'taken';
        }
        case 'applied-before':
        // Its id is known, but not that of its content: the secret that this was hashed with is gone. It was taken then.
        case 'never':
          return 'taken';
        case 'later':
          // Not committed, and not because of what it says: it may be sent again.
          throw shopError('storage_unavailable');
      }
    },
  };
}
