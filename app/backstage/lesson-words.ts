import { type Lesson, lessonOf } from '../bill/lesson.ts';
import type { BillCount } from '../bill/use-ledger.ts';

/** The same as on a receipt, and what stands there before there is one: a promise, then what is known so far. */
export function backstageLesson(bill: Omit<BillCount, 'moneyMinor'>, mayCharge: boolean): Lesson {
  const { requests, charges } = bill;
  if (charges > 0) return lessonOf(bill);
  if (mayCharge) return { title: 'Not charged yet.', text: openWords(requests) };
  if (requests === 0) return { ...lessonOf(bill), title: 'One tap, one charge.' };
  return {
    title: 'Nothing charged.',
    text: `${requests === 1 ? 'One request' : `${requests} requests`} reached the shop, and the provider took no money.`,
  };
}

function openWords(requests: number): string {
  if (requests === 0) return 'A request may be on its way to the shop.';
  const have = requests === 1 ? '1 request has' : `${requests} requests have`;
  return `${have} reached the shop, and the provider has taken no money so far.`;
}
