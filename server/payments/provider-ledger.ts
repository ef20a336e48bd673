import type Stripe from 'stripe';
import { type StripeAccount, stripeClient } from './stripe-client.ts';

/** A capture in the provider's own books that carries our instance. Times are Unix milliseconds by its clock. */
interface Capture {
  readonly chargeId: string;
  readonly attemptId: string | null;
  readonly cartId: string | null;
  /** The customer's public name. */
  readonly customer: string | null;
  readonly amountMinor: number;
  readonly currency: string;
  readonly isRefunded: boolean;
}

/** An intent of ours that has never been charged and could still be. */
interface OpenIntent {
  readonly intentId: string;
  readonly attemptId: string | null;
  readonly cartId: string | null;
  readonly customer: string | null;
  readonly amountMinor: number;
  readonly currency: string;
}

/** One page of a list, newest first. `newestAt` counts what is not ours too: it has been looked at. */
export interface LedgerPage<Row> {
  readonly rows: readonly Row[];
  readonly newestAt: number | undefined;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The provider's books as they stand, of this shop and without what was made without protection. */
export interface ProviderLedger {
  captures(span: Span): AsyncIterable<LedgerPage<Capture>>;
  openIntents(span: Span): AsyncIterable<LedgerPage<OpenIntent>>;
}

/** The most that one list gives. */
const PAGE_ROWS = 100;

export function createProviderLedger(account: StripeAccount, instance: string): ProviderLedger {
  const stripe = stripeClient(account);
  // Unprotected payments are there to show what happens without a key, and stay as they are.
  const isOurs = ({ metadata }: { readonly metadata: Stripe.Metadata }) =>
    metadata.payonce_instance === instance && metadata.mode !== 'unprotected';

  return {
    captures: (span) =>
      pages(span, (page) => stripe.charges.list(page), {
        isWanted: (charge) => isOurs(charge) && charge.captured && charge.status === 'succeeded',
        toRow: (charge) => ({ chargeId: charge.id, isRefunded: charge.refunded, ...common(charge) }),
      }),
    openIntents: (span) =>
      pages(span, (page) => stripe.paymentIntents.list(page), {
        isWanted: (intent) => isOurs(intent) && OPEN.has(intent.status),
        toRow: (intent) => ({ intentId: intent.id, ...common(intent) }),
      }),
  };
}

/** What a confirm could still charge, or an authentication. */
const OPEN: ReadonlySet<Stripe.PaymentIntent.Status> = new Set([
  'requires_confirmation',
  'requires_payment_method',
  'requires_action',
]);

interface Listing<Item, Row> {
  readonly isWanted: (item: Item) => boolean;
  readonly toRow: (item: Item) => Row;
}

/** Page after page, and never more than one in memory. */
async function* pages<Item extends { readonly id: string; readonly created: number }, Row>(
  { from, to }: Span,
  list: (page: { created: Stripe.RangeQueryParam; limit: number; starting_after?: string }) => Promise<{
    readonly data: readonly Item[];
    readonly has_more: boolean;
  }>,
  { isWanted, toRow }: Listing<Item, Row>,
): AsyncIterable<LedgerPage<Row>> {
  // Both ends are seconds; what lies beside them is looked at twice rather than not at all.
  const created = { gte: Math.floor(from / 1000), lte: Math.floor(to / 1000) };
  let last: Item | undefined;
  let hasMore = created.gte <= created.lte;
  while (hasMore) {
    const page = await list({ created, limit: PAGE_ROWS, ...(last && { starting_after: last.id }) });
    const [newest] = page.data;
    yield { rows: page.data.filter(isWanted).map(toRow), newestAt: newest && newest.created * 1000 };
    last = page.data.at(-1);
    hasMore = page.has_more && last !== undefined;
  }
}

function common(object: Stripe.Charge | Stripe.PaymentIntent) {
  return {
    attemptId: object.metadata.attempt_id ?? null,
    cartId: object.metadata.cart_id ?? null,
    customer: object.transfer_group ?? null,
    amountMinor: object.amount,
    currency: object.currency,
  };
}
