import type { Queries } from '#db/open.ts';
import { type FindingEnd, findAttempt } from '#db/reconciliations.ts';
import type { PaymentProvider } from './provider.ts';

interface AttemptedIntent {
  readonly intentId: string;
  readonly attemptId: string | null;
}

/** Of intents that could still be charged, those that no attempt holds. */
export async function sparesAmong<Row extends AttemptedIntent>(
  intents: readonly Row[],
  reader: Queries,
): Promise<readonly Row[]> {
  const held = await Promise.all(intents.map((intent) => isHeld(intent, reader)));
  return intents.filter((_, at) => !held[at]);
}

/**
 * A crash or a lost answer can leave an intent behind that nobody will confirm. It costs nothing; cancelled, it never
 * will. Undefined when the provider does not say what became of it.
 */
export async function settleSpare(
  intent: AttemptedIntent,
  { reader, provider }: { readonly reader: Queries; readonly provider: PaymentProvider },
): Promise<FindingEnd | undefined> {
  return (await isHeld(intent, reader)) ? { done: 'adopted', refundId: null } : cancel(intent.intentId, provider);
}

/** An attempt is written down together with its intent, and only then confirms it. */
async function isHeld({ intentId, attemptId }: AttemptedIntent, reader: Queries): Promise<boolean> {
  const attempt = attemptId === null ? undefined : await findAttempt(reader, attemptId);
  return attempt?.status === 'live' && attempt.intentId === intentId;
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
