/** Derived from what the message is about, so that however often it is sent it is one. */
export function messageIdOf(about: 'order' | 'refund', orderId: string): string {
  return `<${about}-${orderId}@${DOMAIN}>`;
}

/** The domain that names our messages. RFC 2606 keeps it from ever being somebody's. */
const DOMAIN = 'payonce.example';
