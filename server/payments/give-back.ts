import { randomUUID } from 'node:crypto';
import type { RefundAnswer, Refunds } from './refunds.ts';

export interface GivingBack {
  readonly chargeId: string;
  readonly amountMinor: number;
  /** What the provider knows this refund by. */
  readonly key: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Somebody may have asked for it before, so that it is looked up first. */
  readonly isRepeat: boolean;
}

/** Lets the caller stand around each call, to see whether it may still go on. */
type Around = (name: string, call: () => Promise<RefundAnswer>) => Promise<RefundAnswer>;

/**
 * All of a charge, once. Whatever the provider answers, its ledger has the last word: a refund that is there is adopted
 * and not repeated.
 */
export async function giveBack(
  giving: GivingBack,
  refunds: Refunds,
  around: Around = (_name, call) => call(),
): Promise<RefundAnswer> {
  const look = () => around('look up', () => refunds.find(giving));
  const create = (key: string) => around('refund', () => refunds.create({ ...giving, key }));

  if (giving.isRepeat) {
    const found = await look();
    if (found.kind !== 'none') return found;
  }
  const answer = await create(giving.key);
  if (answer.kind === 'refunded' || answer.kind === 'credentials-refused') return answer;
  const found = await look();
  if (found.kind !== 'none') return found;
  // The 5xx may be stored under its key and would be replayed for ever. That call is over and has done nothing.
  if (answer.kind === 'server-error') return create(`${giving.key}:${randomUUID()}`);
  return answer.kind === 'refused' ? answer : found;
}
