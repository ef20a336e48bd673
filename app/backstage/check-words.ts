import type { Snapshot } from '#server/backstage/snapshot.ts';
import { formatMoney } from '../money/format-money.ts';

export type Check = Snapshot['checks'][number];

/** What stands in the line, where there is room for two words. */
export const CHECK_NAMES: Record<Check['name'], string> = {
  one_charge_per_cart: 'One charge',
  one_order_per_cart: 'One order',
  money_adds_up: 'Money adds up',
  stock_adds_up: 'Stock adds up',
  one_email_per_order: 'One email',
  answers_stand: 'Same answer',
};

export const VERDICT_WORDS: Record<Check['verdict'], string> = {
  holds: 'holds',
  broken: 'broken',
  in_flight: 'in flight',
  unknown: 'not known',
};

/** The check in a sentence, with what was counted. */
export function checkSentence({ name, found, expected }: Check): string {
  switch (name) {
    case 'one_charge_per_cart':
      return found > 1
        ? `One cart was charged ${found} times, says the provider. It may be charged once.`
        : 'No cart is charged more than once, says the provider.';
    case 'one_order_per_cart':
      return found > 1 ? `One cart became ${found} orders. It may become one.` : 'No cart became more than one order.';
    case 'money_adds_up':
      return `The provider holds ${formatMoney(found)} of yours; your paid orders come to ${formatMoney(expected)}.`;
    case 'stock_adds_up':
      return `On the shelf, sold and held: ${found} pieces. At first, with what was delivered since: ${expected}.`;
    case 'one_email_per_order':
      return `Orders with exactly one confirmation: ${found} of ${expected}.`;
    case 'answers_stand':
      return `Stored answers that are as they were given, and true: ${found} of ${expected}.`;
  }
}
