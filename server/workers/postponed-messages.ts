import type { Database } from '#db/open.ts';
import { type DueMessage, markFailed, putOff } from '#db/outbox.ts';
import type { Clock } from '../clock.ts';
import type { Alarm } from '../log.ts';

export interface PostponeTools {
  readonly database: Database;
  readonly clock: Clock;
  readonly alarm: Alarm;
}

const BACKOFF_BASE_MS = 1_000;
const BACKOFF_CAP_MS = 5 * 60_000;

/** About an hour of trying with the backoff above. After that a person has to look at it. */
const ATTEMPTS_MAX = 20;

/** Until we ask again after a message that another process has. */
const ELSEWHERE_MS = 1_000;

/** Waits twice as long each time, and in the end is a dead letter. */
export async function tryLater(message: DueMessage, error: unknown, tools: PostponeTools): Promise<void> {
  if (message.attempts + 1 >= ATTEMPTS_MAX) return end(message, String(error), tools);
  const waitMs = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** message.attempts);
  await fail(message, { nextAttemptAt: tools.clock() + waitMs, deadAt: null, lastError: String(error) }, tools);
}

/** A message whose first sender and five takeovers crashed: the next would crash too. Or one whose key cannot be read. */
export function giveUp(message: DueMessage, tools: PostponeTools): Promise<void> {
  return end(message, 'its key takes no more runs', tools);
}

/** No attempt of ours: asked for again in a moment, should the other not have sent it. */
export async function postpone({ id }: DueMessage, { database, clock }: PostponeTools): Promise<void> {
  await database.write((tx) => putOff(tx, { id, nextAttemptAt: clock() + ELSEWHERE_MS }));
}

async function end(message: DueMessage, lastError: string, tools: PostponeTools): Promise<void> {
  const now = tools.clock();
  const isOurs = await fail(message, { nextAttemptAt: now, deadAt: now, lastError }, tools);
  if (isOurs) tools.alarm(`message ${message.messageId} is a dead letter after ${message.attempts + 1} attempts`);
}

interface Failing {
  readonly nextAttemptAt: number;
  readonly deadAt: number | null;
  readonly lastError: string;
}

/** False when another has sent it or tried it meanwhile: what it wrote is newer. */
function fail({ id, attempts }: DueMessage, failing: Failing, { database }: PostponeTools): Promise<boolean> {
  const lastError = failing.lastError.slice(0, LAST_ERROR_MAX);
  return database.write((tx) => markFailed(tx, { id, attempts, ...failing, lastError }));
}

/** Enough to see what the mail server said. */
const LAST_ERROR_MAX = 500;
