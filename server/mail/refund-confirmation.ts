import type { Order } from '#db/orders.ts';
import type { NewMessage } from '#db/outbox.ts';
import { messageIdOf } from './message-id.ts';
import { shownMoney } from './shown-money.ts';

/** The email for a refunded order. */
export function refundConfirmation(order: Order, { principal, refundedAt }: Refunding): NewMessage {
  const amount = shownMoney(order.totalMinor, order.currency);
  return {
    kind: 'refund_confirmation',
    orderId: order.orderId,
    principal,
    messageId: messageIdOf('refund', order.orderId),
    recipient: order.email,
    subject: `Your refund for order ${order.orderNumber}`,
    body: `Your order ${order.orderNumber} is refunded. ${amount} go back to the card that paid.\n`,
    createdAt: refundedAt,
  };
}

interface Refunding {
  readonly principal: string;
  readonly refundedAt: number;
}
