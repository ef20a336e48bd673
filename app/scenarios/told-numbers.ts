import { countWord } from '../bill/count-words.ts';
import { formatMoney } from '../money/format-money.ts';
import type { Truth } from './scenario.ts';

/** `3 requests reached the shop`. */
export function received({ requests }: Truth): string {
  return `${requests} ${requests === 1 ? 'request' : 'requests'} reached the shop`;
}

/** `charged 3 times, €74.70 in all`. */
export function charged({ charges, moneyMinor }: Truth): string {
  if (charges === 0) return 'nothing was charged';
  return charges === 1 ? 'charged once' : `charged ${countWord(charges)}, ${formatMoney(moneyMinor)} in all`;
}

/** `its stored answer was given twice more`. */
export function answersKept({ replays }: Truth): string {
  return replays === 0 ? 'nobody had to be answered again' : `its stored answer was given ${countWord(replays)} more`;
}

/** `1 order`. */
export function ordered({ orders }: Truth): string {
  return `${orders} ${orders === 1 ? 'order' : 'orders'}`;
}
