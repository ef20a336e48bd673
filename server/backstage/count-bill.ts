interface BillRows {
  readonly requests: readonly { readonly verdict: string }[];
  readonly charges: readonly { readonly amountMinor: number }[];
  readonly orders: readonly {
    readonly orderId: string;
    readonly status: 'paid' | 'refunded';
    readonly lines: readonly { readonly quantity: number }[];
  }[];
  readonly messages: readonly { readonly orderId: string; readonly sentAt: number | null }[];
}

/** What happened, in numbers: of a whole customer or of one cart, whichever the rows are of. */
export function countBill({ requests, charges, orders, messages }: BillRows) {
  const orderIds = new Set(orders.map(({ orderId }) => orderId));
  return {
    requests: requests.length,
    executions: requests.filter(({ verdict }) => verdict === 'executed' || verdict === 'resumed').length,
    replays: requests.filter(({ verdict }) => verdict === 'replayed').length,
    charges: charges.length,
    orders: orders.length,
    emails: messages.filter(({ orderId, sentAt }) => sentAt !== null && orderIds.has(orderId)).length,
    stockTaken: orders
      .filter(({ status }) => status === 'paid')
      .flatMap(({ lines }) => lines)
      .reduce((sum, { quantity }) => sum + quantity, 0),
    moneyMinor: charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  };
}
