import type { Queries } from '#db/open.ts';
import { type FindingEnd, findAttempt } from '#db/reconciliations.ts';
import type { PaymentProvider } from './provider.ts';

interface AttemptedIntent {
  readonly intentId: string;
  readonly attemptId: string | null;
}

/** Of intents that could still be charged, those that no attempt is known to hold. */
export async function sparesAmong<Row extends AttemptedIntent>(
  intents: readonly Row[],
  reader: Queries,
): Promise<readonly Row[]> {
  const standings = await Promise.all(intents.map((intent) => standingOf(intent, reader)));
  return intents.filter((_, at) => standings[at] !== 'held');
}

/** A lost answer can leave an intent behind that nobody will confirm. It costs nothing; cancelled, it never will. */
export async function settleSpare(
  intent: AttemptedIntent,
  { reader, provider }: { readonly reader: Queries; readonly provider: PaymentProvider },
): Promise<FindingEnd | undefined> {
  switch (await standingOf(intent, reader)) {
    case 'undecided':
      return undefined;
    case 'held':
      return { done: 'adopted', refundId: null };
    case 'spare':
      return cancel(intent.intentId, provider);
  }
}

/** Undecided: the attempt has not learnt yet which intent is its own. */
async function standingOf({ intentId, attemptId }: AttemptedIntent, reader: Queries) {
  const attempt = attemptId === null ? undefined : await findAttempt(reader, attemptId);
  if (attempt?.status !== 'live') return 'spare';
  if (attempt.intentId === null) return 'undecided';
  return attempt.intentId === intentId ? 'held' : 'spare';
}

async function cancel(intentId: string, provider: PaymentProvider): Promise<FindingEnd | undefined> {
  let answer = await provider.cancel(intentId);
  // Another may have cancelled it: then the provider refuses a second time, and a look shows it done.
  if (answer.kind !== 'intent') answer = await provider.retrieve(intentId);
  if (answer.kind !== 'intent') return undefined;
  if (answer.intent.status === 'canceled') return { done: 'cancelled', refundId: null };
  // Charged after all: that is a capture, and found as one.
  return answer.intent.status === 'succeeded' ? { done: 'adopted', refundId: null } : undefined;
}
