import { defineOperation, proceed, rejected, settled, unfinished } from '@payonce/trpc-idempotency';
import { z } from 'zod';
import { giveStockBack } from '#db/catalog.ts';
import type { Database, Tx } from '#db/open.ts';
import { findOrder, markRefunded } from '#db/orders.ts';
import { enqueueMessage } from '#db/outbox.ts';
import { endRefund, noteRefundFailure, startRefund } from '#db/refunds.ts';
import type { Clock } from '../clock.ts';
import { errors } from '../errors.ts';
import { refundConfirmation } from '../mail/refund-confirmation.ts';
import { giveBack } from '../payments/give-back.ts';
import type { Refunds } from '../payments/refunds.ts';

export interface RefundTools {
  readonly database: Database;
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

export type RefundOperation = ReturnType<typeof refundOperation>;

const refundInput = z.strictObject({ orderId: z.uuid() });

/**
 * One order, one refund of all of it.
 *
 *   claimed ─► refund_started ─► refund ─► finished
 *              no other key      (money)   order, stock, email and answer,
 *              can begin                   in one commit
 */
export function refundOperation({ refunds, database, clock, alarm }: RefundTools) {
  return defineOperation<Tx, typeof refundInput, RefundedOrder>({
    name: 'orders.refund',
    version: 1,
    input: refundInput,

    async run({ orderId }, run) {
      // Once for each reason: whoever carries the refund on would say the same again every few minutes.
      const tell = async (failure: string) => {
        const isNews = await database.write((tx) => noteRefundFailure(tx, { orderId, failure }));
        if (isNews) alarm(`the refund of order ${orderId} does not come to its end: ${failure}`);
      };
      const started = await run.phase('refund_started', (tx) =>
        start(tx, { principal: run.principal, orderId, clock }),
      );
      if (started.kind !== 'proceed') return started;

      const { chargeId, amountMinor } = started.data;
      const answer = await giveBack(
        { chargeId, amountMinor, key: `refund:${orderId}`, metadata: { order_id: orderId }, isRepeat: run.resumed },
        refunds,
        (name, call) => run.call(name, call),
      );
      switch (answer.kind) {
        case 'refunded': {
          const made = { orderId, refundId: answer.refundId, refundedAt: clock() };
          return run.finish(async (tx) => settled(await recordRefunded(tx, run.principal, made)));
        }
        case 'credentials-refused':
          alarm(`the payment provider refuses our credentials (refund of order ${orderId})`);
          return unfinished('payment_provider_unavailable', errors.payment_provider_unavailable.retryAfterMs);
        case 'refused':
          await tell(answer.why);
          return unfinished('payment_outcome_unknown', errors.payment_outcome_unknown.retryAfterMs);
        case 'none':
        case 'server-error':
        case 'unknown':
          if (answer.kind === 'unknown' && answer.alarm !== null) await tell(answer.alarm);
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
