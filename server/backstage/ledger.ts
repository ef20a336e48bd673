import type { Queries } from '#db/open.ts';
import { listOrders } from '#db/orders.ts';
import { messagesOf } from '#db/outbox.ts';
import type { PaymentProvider } from '../payments/provider.ts';
import { publicCustomerId } from '../session.ts';
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

  const [requests, charges, orders, messages] = await Promise.all([
    requestLog.of(principal).then(ofCart),
    provider.capturedCharges(publicCustomerId(principal)).then(ofCart),
    listOrders(reader, principal).then(ofCart),
    messagesOf(reader, principal),
  ]);
  const orderIds = new Set(orders.map(({ orderId }) => orderId));
  const emails = messages.filter(({ orderId, sentAt }) => sentAt !== null && orderIds.has(orderId));
  return {
    requests: requests.length,
    executions: requests.filter(({ verdict }) => verdict === 'executed').length,
    replays: requests.filter(({ verdict }) => verdict === 'replayed').length,
    charges: charges.length,
    orders: orders.length,
    emails: emails.length,
    stockTaken: orders
      .filter(({ status }) => status === 'paid')
      .flatMap(({ lines }) => lines)
      .reduce((sum, { quantity }) => sum + quantity, 0),
    moneyMinor: charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    rows: { requests: requests.map(withoutPrincipal), charges, orders, emails },
  };
}

function withoutPrincipal<Row extends { readonly principal: string }>({ principal: _, ...row }: Row) {
  return row;
}
