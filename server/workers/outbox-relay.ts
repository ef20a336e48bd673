import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '@payonce/trpc-idempotency';
import { createConsumer } from '@payonce/trpc-idempotency/consumer';
import { StorageUnavailableError, type Tx } from '#db/open.ts';
import { type DueMessage, dueMessages } from '#db/outbox.ts';
import { TENANT } from '../context.ts';
import { SENDS_MAX } from '../mail/mailer.ts';
import { type SendTools, sendMessageOperation } from '../mail/send-message.ts';
import { giveUp, type PostponeTools, postpone, tryLater } from './postponed-messages.ts';
import type { Worker } from './worker.ts';

export interface RelayTools extends SendTools, PostponeTools {
  readonly engine: Engine<Tx>;
  readonly isLeading: () => boolean;
}

/** For rows that another process wrote, or that have waited out their backoff. */
const POLL_MS = 1_000;

/**
 * From a commit to the look that it causes. A mail has time; whoever committed goes on first, mostly with a request that
 * a customer waits for, and a busy shop has one look for all that it commits meanwhile.
 */
export const LOOK_AFTER_MS = 10;

/**
 * Sends what was committed, at least once. Behind the consumer adapter, where the Message-ID is the key: one relay of
 * all that run has a message to itself, for as long as it lives, and one that lost it marks nothing. A crash between the
 * mail server's yes and our mark sends the message again, under the same Message-ID.
 *
 * Woken by each message that its own process commits, whoever leads; the leader looks by itself each second besides.
 */
export function startOutboxRelay(tools: RelayTools): Worker {
  const { database, engine, clock, isLeading, alarm } = tools;
  const { consume } = createConsumer({ engine, tenant: TENANT, source: 'outbox' });
  const sendMessage = sendMessageOperation(tools);
  const sends = new Map<number, Promise<void>>();
  let isStopped = false;
  let isAwake = false;
  let look: Promise<void> | undefined;

  function wake(): void {
    isAwake = true;
    if (isStopped) return;
    look ??= wait(LOOK_AFTER_MS)
      .then(lookWhileAwake)
      .finally(() => {
        look = undefined;
      });
  }

  async function lookWhileAwake(): Promise<void> {
    while (isAwake && !isStopped) {
      isAwake = false;
      try {
        for (const message of await dueMessages(database.reader, clock())) begin(message);
      } catch (error) {
        // Storage that fails now is asked again by the next poll.
        alarm('the outbox cannot be read', error);
      }
    }
  }

  function begin(message: DueMessage): void {
    const { id } = message;
    if (isStopped || sends.has(id) || sends.size >= SENDS_MAX) return;
    const sending = send(message)
      .finally(() => sends.delete(id))
      // Others may have found no place. After a failure of storage the next look is the poll's.
      .then(wake, (error: unknown) => alarm(`message ${message.messageId} cannot be marked`, error));
    sends.set(id, sending);
  }

  async function send(message: DueMessage): Promise<void> {
    try {
      const outcome = await consume(sendMessage, message.messageId, { id: message.id });
      // Another relay has it, and marks it. Ours may have lost it because this process ends.
      if (outcome === 'later' && !isStopped) await postpone(message, tools);
      if (outcome === 'never') await giveUp(message, tools);
    } catch (error) {
      if (error instanceof StorageUnavailableError) throw error;
      await tryLater(message, error, tools);
    }
  }

  const stopListening = database.onCommit((news) => news.has('message-enqueued') && wake());
  const poll = setInterval(() => isLeading() && wake(), POLL_MS).unref();
  wake();
  return {
    async stop() {
      isStopped = true;
      stopListening();
      clearInterval(poll);
      await Promise.all([look, ...sends.values()]);
    },
  };
}
