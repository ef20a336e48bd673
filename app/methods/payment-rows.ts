import { v4 as uuid } from 'uuid';
import { formatMoney } from '../money/format-money.ts';
import { askForJson } from './ask.ts';
import type { MethodRow } from './method-row.ts';

const SKU = 'field-notes';

/** A fresh cart, all that a Pay click would send for it, and a look at what the provider took for it. */
async function purchase() {
  const cartId = uuid();
  await askForJson({ method: 'PUT', path: `/api/carts/${cartId}`, body: { lines: [{ sku: SKU, quantity: 1 }] } });
  const { totalMinor } = await query<{ totalMinor: number }>('checkout.quote', { cartId });
  return {
    body: { cartId, paymentMethod: 'pm_card_visa', expectedTotalMinor: totalMinor, email: 'methods@example.com' },
    look: async () => {
      const { charges, orders, moneyMinor } = await query<Bill>('backstage.ledger', { cartId });
      return `${counted(charges, 'charge')}, ${counted(orders, 'order')}, ${formatMoney(moneyMinor)} taken`;
    },
  };
}

interface Bill {
  readonly charges: number;
  readonly orders: number;
  readonly moneyMinor: number;
}

async function query<T>(procedure: string, input: unknown): Promise<T> {
  const path = `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
  const { result } = await askForJson<{ result: { data: T } }>({ method: 'GET', path });
  return result.data;
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** The server names what it makes and money moves, so only a key can say that a request is a repeat. */
export const paymentRows: readonly MethodRow[] = [
  {
    id: 'post',
    name: 'Pay, without a key',
    method: 'POST',
    path: '/api/trpc/checkout.payUnprotected',
    isSafe: false,
    isIdempotent: false,
    why: 'Two requests that look the same are two wishes, as far as the server can know.',
    looksAt: 'The provider’s ledger',
    prepare: async () => {
      const { body, look } = await purchase();
      return { request: { method: 'POST', path: '/api/trpc/checkout.payUnprotected', body }, look };
    },
  },
  {
    id: 'post-key',
    name: 'Pay, with a key',
    method: 'POST',
    path: '/api/payments',
    isSafe: false,
    isIdempotent: false,
    why: 'The key says that it is a repeat, so the stored answer comes back, byte for byte.',
    looksAt: 'The provider’s ledger',
    prepare: async () => {
      const { body, look } = await purchase();
      return { request: { method: 'POST', path: '/api/payments', body, idempotencyKey: uuid() }, look };
    },
  },
];
