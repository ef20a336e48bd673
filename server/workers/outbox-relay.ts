import type { Database } from '#db/open.ts';
import { claimMessage, type DueMessage, dueMessages, markFailed, markSent } from '#db/outbox.ts';
import type { Clock } from '../clock.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Worker } from './worker.ts';

export interface RelayTools {
  readonly database: Database;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly isLeading: () => boolean;
  readonly alarm: (message: string) => void;
}

/** For rows that another process wrote, or that have waited out their backoff. */
const POLL_MS = 1_000;

/** One wave of sends. The next wave follows at once when this one was full. */
const WAVE = 20;

/** How long a relay has a row to itself: longer than the mailer's timeout, so that two never send it at once. */
const HOLD_MS = 30_000;

const BACKOFF_BASE_MS = 1_000;
const BACKOFF_CAP_MS = 5 * 60_000;

/** About an hour of trying with the backoff above. After that a person has to look at it. */
const ATTEMPTS_MAX = 20;

/**
 * Sends what was committed, at least once: a crash between the mail server's yes and our mark sends the message again,
 * under the same Message-ID. Woken by each commit of its own process, whoever leads; the
 * leader looks by itself each second besides.
 */
export function startOutboxRelay(tools: RelayTools): Worker {
  const { database } = tools;
  let isStopped = false;
  let isAwake = false;
  let sweep: Promise<void> | undefined;

  function wake(): void {
    isAwake = true;
    if (isStopped) return;
    sweep ??= sweepWhileAwake().finally(() => {
      sweep = undefined;
    });
  }

  async function sweepWhileAwake(): Promise<void> {
    while (isAwake && !isStopped) {
      isAwake = false;
      try {
        const due = await dueMessages(database.reader, { now: tools.clock(), limit: WAVE });
        await Promise.all(due.map((message) => relay(message, tools)));
      } catch (error) {
        // Storage that fails now is asked again by the next poll.
        tools.alarm(`the outbox cannot be read: ${String(error)}`);
      }
    }
  }

  const stopListening = database.onCommit(wake);
  const poll = setInterval(() => tools.isLeading() && wake(), POLL_MS).unref();
  wake();
  return {
    async stop() {
      isStopped = true;
      stopListening();
      clearInterval(poll);
      await sweep;
    },
  };
}

async function relay(message: DueMessage, { database, mailer, clock, alarm }: RelayTools): Promise<void> {
  const { id, attempts } = message;
  const isOurs = await database.write((tx) => claimMessage(tx, { id, attempts, nextAttemptAt: clock() + HOLD_MS }));
  if (!isOurs) return;
  try {
    await mailer.send(message);
  } catch (error) {
    const attempt = attempts + 1;
    const isDead = attempt >= ATTEMPTS_MAX;
    if (isDead) alarm(`message ${message.messageId} is a dead letter after ${attempt} attempts`);
    await database.write((tx) =>
      markFailed(tx, {
        id,
        nextAttemptAt: clock() + Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempts),
        deadAt: isDead ? clock() : null,
        lastError: String(error).slice(0, 500),
      }),
    );
    return;
  }
  await database.write((tx) => markSent(tx, { id, sentAt: clock() }));
}
