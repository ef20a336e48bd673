import type { NewOrder } from '#db/orders.ts';
import type { NewMessage } from '#db/outbox.ts';
import { messageIdOf } from './message-id.ts';
import { shownMoney } from './shown-money.ts';

/** The email for a paid order. */
export function confirmation(order: NewOrder): NewMessage {
  const amount = (minor: number) => shownMoney(minor, order.currency);
  const lines = order.lines.map(
    ({ name, quantity, unitAmountMinor }) => `${quantity} × ${name}  ${amount(quantity * unitAmountMinor)}`,
  );
  return {
    kind: 'order_confirmation',
    orderId: order.orderId,
    principal: order.principal,
    messageId: messageIdOf('order', order.orderId),
    recipient: order.email,
    subject: `Your order ${order.orderNumber}`,
    body: [
      `Thank you. Your order ${order.orderNumber} is paid.`,
      '',
      ...lines,
      `Tax  ${amount(order.taxMinor)}`,
      `Total  ${amount(order.totalMinor)}`,
      '',
    ].join('\n'),
    createdAt: order.paidAt,
  };
}
