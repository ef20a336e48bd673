import { proceed, type Refused, type Rejected, refused, rejected } from '@payonce/trpc-idempotency';
import { type Cart, type CartRef, findCart } from '#db/carts.ts';
import { takeStock } from '#db/catalog.ts';
import type { Tx } from '#db/open.ts';
import {
  type CartHold,
  cartHold,
  type FrozenQuote,
  findCartToPay,
  type NewPayment,
  startPayment,
} from '#db/payments.ts';
import type { Quote } from './quote-cart.ts';
import type { PayInput } from './schema.ts';

/** What the payment is expected to be, fixed here for every later run of it. A type, so that it counts as JSON. */
type Reservation = {
  readonly attemptId: string;
  readonly intentId: string;
  readonly totalMinor: number;
  readonly currency: string;
};

export type PaymentWithIntent = NewPayment & Pick<Reservation, 'intentId'>;

/** What another payment of the cart has to say. The unique index would catch a second live attempt too, without words. */
export function rejectionOf(hold: CartHold): Rejected | undefined {
  switch (hold.kind) {
    case 'free':
      return undefined;
    case 'live':
      return rejected('payment_in_progress');
    case 'paid':
      return rejected('already_ordered', { orderId: hold.orderId });
  }
}

/** What the quote refuses by itself: it is not what the customer saw, or the shelf has too few. */
export function ruledOut(
  { quote, cartVersion, shortOf }: Quote,
  seen: Pick<PayInput, 'expectedTotalMinor' | 'cartVersion'>,
): Refused | undefined {
  const isWhatWasSeen =
    quote.totalMinor === seen.expectedTotalMinor && cartVersion === (seen.cartVersion ?? cartVersion);
  if (!isWhatWasSeen) return refused('total_changed', { quote: quoteOf(quote) });
  return shortOf === undefined ? undefined : refused('out_of_stock', { sku: shortOf });
}

/**
 * A refusal ends a key, and whoever is told of it may believe that the cart is free. So it is stored in the transaction
 * that finds no other payment of the cart: what was seen before the foreign calls may have changed during them.
 */
export async function refuseUnlessHeld(tx: Tx, cart: CartRef, refusal: Refused): Promise<Refused | Rejected> {
  return rejectionOf(await cartHold(tx, cart)) ?? refusal;
}

/**
 * The transaction that starts an attempt: it takes the stock and freezes the quote, or changes nothing.
 *
 * @throws CartMovedError when the cart is no longer what was quoted.
 */
export async function reserve(tx: Tx, payment: PaymentWithIntent) {
  const cart = await findCartToPay(tx, payment);
  const no = (cart && rejectionOf(cart.hold)) ?? (await start(tx, payment, cart));
  if (no) return no;
  const { attemptId, intentId, totalMinor, currency } = payment;
  return proceed<Reservation>({ attemptId, intentId, totalMinor, currency });
}

/** The same without the rule that a cart is paid once. Undefined: it is reserved. */
export async function reserveUnprotected(tx: Tx, payment: NewPayment): Promise<Refused | undefined> {
  return start(tx, payment, await findCart(tx, payment));
}

async function start(tx: Tx, payment: NewPayment, cart: Cart | undefined): Promise<Refused | undefined> {
  if (cart?.version !== payment.cartVersion) throw new CartMovedError(payment);

  const stock = await takeStock(tx, payment.lines);
  if (!stock.taken) return refused('out_of_stock', { sku: stock.sku });

  await startPayment(tx, payment);
  return undefined;
}

/** Thrown out of the transaction, as only the tax service can say what the cart costs now. */
export class CartMovedError extends Error {
  override readonly name = 'CartMovedError';

  constructor({ cartId }: CartRef) {
    super(`cart ${cartId} was edited while it was being paid`);
  }
}

/** As `checkout.quote` answers it. */
export function quoteOf({ subtotalMinor, taxMinor, totalMinor, currency }: FrozenQuote) {
  return { subtotalMinor, taxMinor, totalMinor, currency };
}
