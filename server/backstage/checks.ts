import { ORDERS_LISTED_MAX } from '#db/orders.ts';
import type { StockRow } from './facts.ts';
import type { KeyRow } from './key-rows.ts';

/** `in_flight`: it does not hold right now, and need not until what is under way has ended. */
type Verdict = 'holds' | 'broken' | 'in_flight' | 'unknown';

export interface Check {
  readonly name:
    | 'one_charge_per_cart'
    | 'one_order_per_cart'
    | 'money_adds_up'
    | 'stock_adds_up'
    | 'one_email_per_order'
    | 'answers_stand';
  readonly verdict: Verdict;
  /** What was counted, and what it is compared with; money is minor units. */
  readonly found: number;
  readonly expected: number;
}

interface OrderFacts {
  readonly orderId: string;
  readonly cartId: string;
  readonly status: 'paid' | 'refunded';
  readonly totalMinor: number;
  readonly chargeId: string;
}

export interface Checked {
  readonly charges: readonly {
    readonly chargeId: string;
    readonly cartId: string | null;
    readonly amountMinor: number;
    readonly refundedMinor: number;
  }[];
  readonly orders: readonly OrderFacts[];
  readonly messages: readonly { readonly orderId: string; readonly kind: string }[];
  readonly keys: readonly KeyRow[];
  readonly stock: readonly StockRow[];
  /** Answers that are not what they were when this process first saw them. */
  readonly changedAnswers: number;
  readonly isMoving: boolean;
  /** The provider has answered since anything happened. */
  readonly isOutsideFresh: boolean;
  readonly isOutsideKnown: boolean;
}

/**
 * What must hold whatever the network does, counted from the database and from the provider's own ledger and never from
 * what the shop says of itself. Without protection some of it does not hold, and this says so.
 */
export function checksOf(checked: Checked): readonly Check[] {
  const { charges, orders, messages, keys, stock } = checked;
  const paid = orders.filter(({ status }) => status === 'paid');
  const kept = charges.filter(({ amountMinor, refundedMinor }) => refundedMinor < amountMinor);
  const confirmed = messages.filter(({ kind }) => kind === 'order_confirmation').map(({ orderId }) => orderId);
  const unconfirmed = orders.filter(({ orderId }) => confirmed.filter((id) => id === orderId).length !== 1);
  const answers = keys.filter(({ answer }) => answer !== null);
  const untrue = answers.filter((key) => !isTrue(key, orders)).length + checked.changedAnswers;
  return [
    fromOutside(checked, atMostOne('one_charge_per_cart', mostOf(kept))),
    atMostOne('one_order_per_cart', mostOf(orders)),
    fromOutside(
      checked,
      equal(checked, 'money_adds_up', {
        found: sum(charges.map(({ amountMinor, refundedMinor }) => amountMinor - refundedMinor)),
        expected: sum(paid.map(({ totalMinor }) => totalMinor)),
      }),
    ),
    equal(checked, 'stock_adds_up', {
      found: sum(stock.map(({ stock: left, sold, reserved }) => left + sold + reserved)),
      expected: sum(stock.map(({ atFirst }) => atFirst)),
    }),
    equal(checked, 'one_email_per_order', { found: orders.length - unconfirmed.length, expected: orders.length }),
    equal(checked, 'answers_stand', { found: answers.length - untrue, expected: answers.length }),
  ];
}

/** An answer that says paid has its order, with the same charge and the same total. */
function isTrue({ operation, answer }: KeyRow, orders: readonly OrderFacts[]): boolean {
  if (operation !== 'checkout.pay' || answer?.outcome.kind !== 'settled') return true;
  const said = answer.outcome.output as Partial<OrderFacts>;
  // More orders than are listed: what cannot be seen is not accused.
  const order = orders.find(({ orderId }) => orderId === said.orderId);
  return order
    ? order.chargeId === said.chargeId && order.totalMinor === said.totalMinor
    : orders.length >= ORDERS_LISTED_MAX;
}

function atMostOne(name: Check['name'], found: number): Check {
  return { name, verdict: found > 1 ? 'broken' : 'holds', found, expected: 1 };
}

function equal(
  { isMoving }: Checked,
  name: Check['name'],
  { found, expected }: Pick<Check, 'found' | 'expected'>,
): Check {
  const verdict = found === expected ? 'holds' : isMoving ? 'in_flight' : 'broken';
  return { name, verdict, found, expected };
}

/** What rests on the provider's word is not judged before it is given. */
function fromOutside({ isOutsideFresh, isOutsideKnown }: Checked, check: Check): Check {
  if (!isOutsideKnown) return { ...check, verdict: 'unknown' };
  return isOutsideFresh || check.name === 'one_charge_per_cart' || check.verdict === 'holds'
    ? check
    : { ...check, verdict: 'in_flight' };
}

/** The most that any one cart has. */
function mostOf(rows: readonly { readonly cartId: string | null }[]): number {
  const counts = new Map<string | null, number>();
  for (const { cartId } of rows) counts.set(cartId, (counts.get(cartId) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
