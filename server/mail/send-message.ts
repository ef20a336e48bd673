import { defineOperation, settled } from '@payonce/trpc-idempotency';
import { z } from 'zod';
import type { Database, Tx } from '#db/open.ts';
import { findMessage, markSent } from '#db/outbox.ts';
import type { Clock } from '../clock.ts';
import type { Mailer } from './mailer.ts';

export interface SendTools {
  readonly database: Database;
  readonly mailer: Mailer;
  readonly clock: Clock;
}

/** A type and not an interface, so that it counts as JSON. */
type Sent = { readonly sentAt: number };

const sendInput = z.strictObject({ id: z.number().int() });

/**
 * One message of the outbox, sent and marked:
 *
 *   claimed ─► send ─► finished: marked as sent, in the transaction that ends the key
 *
 * A run that died between the two is repeated, under the same Message-ID; one that was taken over marks nothing.
 */
export function sendMessageOperation({ database, mailer, clock }: SendTools) {
  return defineOperation<Tx, typeof sendInput, Sent>({
    name: 'mail.send',
    version: 1,
    input: sendInput,
    // What a power cut takes back is sent once more, under the same Message-ID.
    durableFrom: 'finish',

    async run({ id }, run) {
      const message = await findMessage(database.reader, id);
      await run.call('send', () => mailer.send(message));
      return run.finish(async (tx) => {
        const sentAt = clock();
        await markSent(tx, { id, sentAt });
        return settled<Sent>({ sentAt });
      });
    },
  });
}
