import type { Queries } from '#db/open.ts';
import { listOrders } from '#db/orders.ts';
import { messagesOf } from '#db/outbox.ts';
import { findingsOf } from '#db/reconciliations.ts';
import { refundsOf } from '#db/refunds.ts';
import { wallClock } from '../clock.ts';
import type { PaymentProvider } from '../payments/provider.ts';
import { publicCustomerId } from '../session.ts';
import { countBill } from './count-bill.ts';
import type { RequestLog } from './request-log.ts';

export interface LedgerTools {
  readonly reader: Queries;
  readonly provider: PaymentProvider;
  readonly requestLog: RequestLog;
}

/**
 * This customer's truth, each number from whoever knows: requests and executions from our log, charges and money from
 * the provider's own ledger and never from our orders, which are what is in question.
 */
export async function ledgerOf(
  principal: string,
  cartId: string | undefined,
  { reader, provider, requestLog }: LedgerTools,
) {
  const ofCart = <Row extends { readonly cartId: string | null }>(rows: readonly Row[]) =>
    cartId === undefined ? rows : rows.filter((row) => row.cartId === cartId);

  const [requests, charges, orders, messages, reconciled, refunds] = await Promise.all([
    requestLog.of(principal).then(ofCart),
    provider.capturedCharges(publicCustomerId(principal)).then(ofCart),
    listOrders(reader, principal).then(ofCart),
    messagesOf(reader, principal),
    findingsOf(reader, publicCustomerId(principal)).then(ofCart),
    refundsOf(reader, principal).then(ofCart),
  ]);
  const orderIds = new Set(orders.map(({ orderId }) => orderId));
  const emails = messages.filter(({ orderId, sentAt }) => sentAt !== null && orderIds.has(orderId));
  return {
    /** The shop's clock: a phone's own may be hours off. */
    now: wallClock(),
    ...countBill({ requests, charges, orders, messages }),
    refundedMinor: charges.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0),
    /** Where the provider's books and ours differed. */
    reconciled: reconciled.length,
    rows: { requests: requests.map(withoutPrincipal), charges, orders, emails, reconciled, refunds },
  };
}

/** The customer's name in the log is what their cookie proves: it stays here. */
export function withoutPrincipal<Row extends { readonly principal: string }>({ principal: _, ...row }: Row) {
  return row;
}
