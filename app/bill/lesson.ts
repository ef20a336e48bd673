import { countWord } from './count-words.ts';
import type { BillCount } from './use-ledger.ts';

export interface Lesson {
  readonly title: string;
  readonly text: string;
}

/** What a bill shows, in words: before there is one, what to expect of it. */
export function lessonOf({ requests, executions, charges }: Omit<BillCount, 'moneyMinor'>): Lesson {
  if (charges > 1) {
    return {
      title: `Charged ${countWord(charges)}.`,
      text: 'Without a key the shop cannot tell a repeat from a new order, so each request was a payment of its own.',
    };
  }
  if (charges === 1 && executions > 1) {
    return {
      title: 'Charged once.',
      text: `${requests} requests reached the shop. ${executions} of them were carried out, and one of those took money.`,
    };
  }
  if (requests > 1 && charges === 1) {
    return {
      title: 'Charged once.',
      text: `${requests} requests reached the shop with the same key. One was carried out; the others changed nothing.`,
    };
  }
  return {
    title: 'Charged once.',
    text: 'A request can get lost. So can its answer. A tap can happen twice. Each Pay click carries one key, and the shop carries out one key once, so trying again is always safe.',
  };
}
