import { hasLivePayment, keysOf, paymentsOf, stockBalance } from '#db/ledger.ts';
import type { Queries } from '#db/open.ts';
import { listOrders } from '#db/orders.ts';
import { messagesOf } from '#db/outbox.ts';
import { findingsOf } from '#db/reconciliations.ts';
import { STOCK_AT_FIRST } from '#db/seed.ts';
import { TENANT } from '../context.ts';
import { publicCustomerId } from '../session.ts';
import { keyRow } from './key-rows.ts';
import type { RequestLog } from './request-log.ts';

export interface FactTools {
  readonly reader: Queries;
  readonly requestLog: RequestLog;
}

export type Facts = Awaited<ReturnType<typeof factsOf>>;
export type StockRow = Facts['stock'][number];

/** All that our own database and log know of a customer, and the shelf, which is everybody's. */
export async function factsOf(principal: string, { reader, requestLog }: FactTools) {
  // The log first: what it is about to write is then no news that comes after the look.
  const requests = await requestLog.of(principal);
  const [orders, messages, storedKeys, payments, isPaying, shelf, findings] = await Promise.all([
    listOrders(reader, principal),
    messagesOf(reader, principal),
    keysOf(reader, { tenant: TENANT, principal }),
    paymentsOf(reader, principal),
    hasLivePayment(reader, principal),
    stockBalance(reader),
    findingsOf(reader, publicCustomerId(principal)),
  ]);
  const keys = storedKeys.map((stored) => keyRow(stored, { requests, payments }));
  const isMailing = messages.some(({ sentAt, deadAt }) => sentAt === null && deadAt === null);
  const isAnswering = requests.some(({ verdict }) => verdict === 'running');
  const isPending = keys.some(({ state }) => state === 'pending');
  return {
    requests,
    orders,
    messages,
    keys,
    /** Where the provider's books and ours differed, and what was done about it. */
    reconciled: findings.map(({ customer: _, attemptId: __, ...finding }) => finding),
    stock: shelf.map(({ delivered, ...row }) => ({
      ...row,
      // What was delivered later counts as if it had been there.
      atFirst: (STOCK_AT_FIRST.get(row.sku) ?? row.stock + row.sold + row.reserved) + delivered,
    })),
    /** Something is under way, so that not all of it needs to add up yet. */
    isMoving: isPaying || isAnswering || isPending || findings.some(({ endedAt }) => endedAt === null),
    isMailing,
  };
}
