import { defineOperation, settled } from '@payonce/trpc-idempotency';
import { z } from 'zod';
import { recordIntentState } from '#db/intent-states.ts';
import type { Tx } from '#db/open.ts';

/** What of an event has an effect: the same for each delivery of it. */
const eventInput = z.strictObject({
  type: z.string(),
  madeAt: z.number().int(),
  intent: z.strictObject({ intentId: z.string(), status: z.string() }).nullable(),
});

/**
 * How long an event is known again. The provider sends one again for three days, and one can be had and sent by hand for
 * 30 (docs.stripe.com/webhooks, docs.stripe.com/api/events): after that none comes.
 */
const KNOWN_MS = 30 * 24 * 60 * 60 * 1000;

/** The effect of an event, in the commit that remembers its id. It never writes an order: it says what to look at. */
export const takeEvent = defineOperation<Tx, typeof eventInput, null>({
  name: 'webhooks.take',
  version: 1,
  input: eventInput,
  isAtomic: true,
  retentionMs: KNOWN_MS,
  run: ({ intent, madeAt }, run) =>
    run.finish(async (tx) => {
      if (intent) await recordIntentState(tx, { ...intent, saidAt: madeAt });
      return settled(null);
    }),
});
