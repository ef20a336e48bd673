import { v4 as uuid } from 'uuid';
import { ask } from './ask.ts';
import type { MethodRow } from './method-row.ts';

const INVOICE = { customer: 'Ada Lovelace', amountMinor: 12_000, currency: 'eur' };

const PATH = '/api/invoices';

/** Numbers are given from 1 on without a gap, so halving finds the last of them in a few questions. */
export async function countNumbers(isThere: (number: number) => Promise<boolean>): Promise<number> {
  let there = 0;
  let missing = 1;
  while (await isThere(missing)) {
    there = missing;
    missing *= 2;
  }
  while (missing - there > 1) {
    const middle = Math.floor((there + missing) / 2);
    if (await isThere(middle)) there = middle;
    else missing = middle;
  }
  return there;
}

async function lookAtInvoices(): Promise<string> {
  const count = await countNumbers(async (number) => {
    const { status } = await ask({ method: 'HEAD', path: `${PATH}/INV-${String(number).padStart(6, '0')}` });
    return status === 200;
  });
  return `${count} invoice${count === 1 ? '' : 's'}`;
}

/** A server that makes things under names of its own can insist on a key, and this one does. */
export const invoiceRows: readonly MethodRow[] = [
  {
    id: 'post-invoice',
    name: 'Make an invoice, without a key',
    method: 'POST',
    path: PATH,
    isSafe: false,
    isIdempotent: false,
    why: 'A repeat could not be told from a new invoice, so the server takes no POST without a key.',
    looksAt: 'Your invoices',
    prepare: async () => ({ request: { method: 'POST', path: PATH, body: INVOICE }, look: lookAtInvoices }),
  },
  {
    id: 'post-invoice-key',
    name: 'Make an invoice, with a key',
    method: 'POST',
    path: PATH,
    isSafe: false,
    isIdempotent: false,
    why: 'One key, one invoice, one number: the repeat gets the answer of the first.',
    looksAt: 'Your invoices',
    prepare: async () => ({
      request: { method: 'POST', path: PATH, body: INVOICE, idempotencyKey: uuid() },
      look: lookAtInvoices,
    }),
  },
];
