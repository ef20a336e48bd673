import { randomBytes, randomUUID } from 'node:crypto';
import { giveStockBack } from '#db/catalog.ts';
import type { Tx } from '#db/open.ts';
import { insertOrder } from '#db/orders.ts';
import { enqueueMessage } from '#db/outbox.ts';
import { endPayment, findPayment } from '#db/payments.ts';
import { confirmation } from '../mail/confirmation.ts';
import type { PaidOrder } from './schema.ts';

export interface Capture {
  readonly attemptId: string;
  readonly intentId: string;
  readonly chargeId: string;
  readonly at: number;
}

/** The order, the end of the reservation and the email that must leave: in one transaction with whatever answer follows. */
export async function recordPaid(tx: Tx, { attemptId, intentId, chargeId, at }: Capture): Promise<PaidOrder> {
  const payment = await findPayment(tx, attemptId);
  const orderId = randomUUID();
  const orderNumber = newOrderNumber();
  await endPayment(tx, { attemptId, status: 'paid', endedAt: at });
  const order = { ...payment, orderId, orderNumber, intentId, chargeId, paidAt: at };
  await insertOrder(tx, order);
  await enqueueMessage(tx, confirmation(order));
  const { totalMinor, currency } = payment;
  return { orderId, orderNumber, status: 'paid', totalMinor, currency, chargeId, paidAt: at };
}

/** The stock goes back in the transaction that ends the attempt, so that neither is seen without the other. */
export async function recordRefused(tx: Tx, { attemptId, at }: { attemptId: string; at: number }): Promise<void> {
  const payment = await findPayment(tx, attemptId);
  await endPayment(tx, { attemptId, status: 'refused', endedAt: at });
  await giveStockBack(tx, payment.lines);
}

/** Crockford's alphabet: no letter that can be taken for a digit when somebody reads it out. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Eight of 32 signs: 40 bits, and the column is unique besides. */
function newOrderNumber(): string {
  const signs = Array.from(randomBytes(8), (byte) => ALPHABET[byte % ALPHABET.length]);
  return `PO-${signs.slice(0, 4).join('')}-${signs.slice(4).join('')}`;
}
