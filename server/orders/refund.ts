import { randomUUID } from 'node:crypto';
import { defineOperation, proceed, type Run, rejected, settled, unfinished } from '@payonce/trpc-idempotency';
import { z } from 'zod';
import { giveStockBack } from '#db/catalog.ts';
import type { Tx } from '#db/open.ts';
import { findOrder, markRefunded } from '#db/orders.ts';
import { enqueueMessage } from '#db/outbox.ts';
import { endRefund, startRefund } from '#db/refunds.ts';
import type { Clock } from '../clock.ts';
import { errors } from '../errors.ts';
import { refundConfirmation } from '../mail/refund-confirmation.ts';
import type { RefundAnswer, Refunds } from '../payments/refunds.ts';

export interface RefundTools {
  readonly refunds: Refunds;
  readonly clock: Clock;
  readonly alarm: (message: string) => void;
}

/** A refunded order as `orders.refund` answers it. A type and not an interface, so that it counts as JSON. */
type RefundedOrder = {
  readonly refundId: string;
  readonly orderId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly status: 'refunded';
  readonly refundedAt: number;
};

type Refundable = {
  readonly orderId: string;
  readonly chargeId: string;
  readonly amountMinor: number;
  readonly currency: string;
};

type RefundRun = Run<Tx, RefundedOrder>;

export type RefundOperation = ReturnType<typeof refundOperation>;

const refundInput = z.strictObject({ orderId: z.uuid() });

/**
 * One order, one refund of all of it.
 *
 *   claimed ─► refund_started ─► refund ─► finished
 *              no other key      (money)   order, stock, email and answer,
 *              can begin                   in one commit
 *
 * Whatever the provider answers, its ledger has the last word: a refund that is there is adopted and not repeated.
 */
export function refundOperation({ refunds, clock, alarm }: RefundTools) {
  return defineOperation<Tx, typeof refundInput, RefundedOrder>({
    name: 'orders.refund',
    version: 1,
    input: refundInput,

    async run({ orderId }, run) {
      const started = await run.phase('refund_started', (tx) =>
        start(tx, { principal: run.principal, orderId, clock }),
      );
      if (started.kind !== 'proceed') return started;

      const answer = await giveMoneyBack(started.data, run, refunds);
      switch (answer.kind) {
        case 'refunded': {
          const made = { orderId, refundId: answer.refundId, refundedAt: clock() };
          return run.finish(async (tx) => settled(await recordRefunded(tx, run.principal, made)));
        }
        case 'credentials-refused':
          alarm(`the payment provider refuses our credentials (refund of order ${orderId})`);
          return unfinished('payment_provider_unavailable', errors.payment_provider_unavailable.retryAfterMs);
        case 'none':
        case 'server-error':
        case 'unknown':
          if (answer.kind === 'unknown' && answer.alarm !== null) alarm(`${answer.alarm} (order ${orderId})`);
          return unfinished('payment_outcome_unknown', errors.payment_outcome_unknown.retryAfterMs);
      }
    },
  });
}

async function start(tx: Tx, { principal, orderId, clock }: { principal: string; orderId: string; clock: Clock }) {
  const order = await findOrder(tx, { principal, orderId });
  if (!order) return rejected('not_found');
  if (!(await startRefund(tx, { orderId, startedAt: clock() }))) return rejected('already_refunded');
  const { chargeId, totalMinor, currency } = order;
  return proceed<Refundable>({ orderId, chargeId, amountMinor: totalMinor, currency });
}

async function giveMoneyBack(order: Refundable, run: RefundRun, refunds: Refunds): Promise<RefundAnswer> {
  const look = () => run.call('look up', () => refunds.find(order));
  const create = (key: string) => run.call('refund', () => refunds.create({ ...order, key }));
  const key = `refund:${order.orderId}`;

  if (run.resumed) {
    const found = await look();
    if (found.kind !== 'none') return found;
  }
  const answer = await create(key);
  if (answer.kind === 'refunded' || answer.kind === 'credentials-refused') return answer;
  const found = await look();
  // The 5xx may be stored under its key and would be replayed for ever. That call is over and has done nothing.
  return found.kind === 'none' && answer.kind === 'server-error' ? create(`${key}:${randomUUID()}`) : found;
}

async function recordRefunded(
  tx: Tx,
  principal: string,
  made: { orderId: string; refundId: string; refundedAt: number },
): Promise<RefundedOrder> {
  const { orderId, refundId, refundedAt } = made;
  const order = await findOrder(tx, { principal, orderId });
  if (!order) throw new Error(`there is no order ${orderId}`);
  await markRefunded(tx, orderId);
  await endRefund(tx, made);
  await giveStockBack(tx, order.lines);
  await enqueueMessage(tx, refundConfirmation(order, { principal, refundedAt }));
  const { totalMinor: amountMinor, currency } = order;
  return { refundId, orderId, amountMinor, currency, status: 'refunded', refundedAt };
}
