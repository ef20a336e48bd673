import type { NewOrder } from '#db/orders.ts';
import type { NewMessage } from '#db/outbox.ts';

/** The domain that names our messages. RFC 2606 keeps it from ever being somebody's. */
const DOMAIN = 'payonce.example';

/** The email for a paid order. Its Message-ID derives from the order, so that however often it is sent it is one. */
export function confirmation(order: NewOrder): NewMessage {
  const money = new Intl.NumberFormat('en-IE', { style: 'currency', currency: order.currency });
  const amount = (minor: number) => money.format(minor / 100);
  const lines = order.lines.map(
    ({ name, quantity, unitAmountMinor }) => `${quantity} × ${name}  ${amount(quantity * unitAmountMinor)}`,
  );
  return {
    kind: 'order_confirmation',
    orderId: order.orderId,
    principal: order.principal,
    messageId: `<order-${order.orderId}@${DOMAIN}>`,
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
