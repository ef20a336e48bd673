import { proceed, type Rejected, refused, rejected } from '@payonce/trpc-idempotency';
import { type CartRef, findCart } from '#db/carts.ts';
import { takeStock } from '#db/catalog.ts';
import type { Tx } from '#db/open.ts';
import { cartHold, type FrozenQuote, type NewPayment, startPayment } from '#db/payments.ts';

/** What the payment is expected to be, fixed here for every later run of it. A type, so that it counts as JSON. */
export type Reservation = {
  readonly attemptId: string;
  readonly totalMinor: number;
  readonly currency: string;
};

export interface ReserveRequest {
  readonly payment: NewPayment;
  /** What the customer saw. */
  readonly expectedTotalMinor: number;
  readonly expectedCartVersion: number | undefined;
}

/** The transaction that starts an attempt: it takes the stock and freezes the quote, or changes nothing. */
export async function reserve(tx: Tx, { payment, expectedTotalMinor, expectedCartVersion }: ReserveRequest) {
  const cart = await findCart(tx, payment);
  const isWhatWasSeen =
    cart?.version === payment.cartVersion &&
    payment.cartVersion === (expectedCartVersion ?? payment.cartVersion) &&
    payment.totalMinor === expectedTotalMinor;
  if (!isWhatWasSeen) return refused('total_changed', { quote: quoteOf(payment) });

  const stock = await takeStock(tx, payment.lines);
  if (!stock.taken) return refused('out_of_stock', { sku: stock.sku });

  await startPayment(tx, payment);
  const { attemptId, totalMinor, currency } = payment;
  return proceed<Reservation>({ attemptId, totalMinor, currency });
}

/** The unique index would catch a second live attempt of a cart too; asking first gives it its proper words. */
export async function rejectionOf(tx: Tx, cart: CartRef): Promise<Rejected | undefined> {
  const hold = await cartHold(tx, cart);
  switch (hold.kind) {
    case 'free':
      return undefined;
    case 'live':
      return rejected('payment_in_progress');
    case 'paid':
      return rejected('already_ordered', { orderId: hold.orderId });
  }
}

/** As `checkout.quote` answers it. */
export function quoteOf({ subtotalMinor, taxMinor, totalMinor, currency }: FrozenQuote) {
  return { subtotalMinor, taxMinor, totalMinor, currency };
}
