import {
  countInvoices,
  findInvoice,
  type Invoice,
  type InvoiceContent,
  putInvoice as writeInvoice,
} from '#db/invoices.ts';
import type { Database } from '#db/open.ts';
import type { Clock } from '../clock.ts';
import { shopError } from '../errors.ts';

/** More than a year of them; without a bound one customer could fill the disk. */
export const INVOICES_MAX = 1_000;

interface InvoicePut {
  readonly content: InvoiceContent;
  /** Whether the put was made for a number that has an invoice, or for one that has none. */
  readonly isExpected: (isThere: boolean) => boolean;
}

/** The whole invoice under a number of the client's: however often it is put, there is one and it says the same. */
export function putInvoice(
  ref: { readonly principal: string; readonly number: string },
  { content, isExpected }: InvoicePut,
  { database, clock }: { readonly database: Database; readonly clock: Clock },
): Promise<{ readonly invoice: Invoice; readonly isNew: boolean }> {
  return database.write(async (tx) => {
    const now = await findInvoice(tx, ref);
    const isNew = now === undefined;
    // A repeat finds its own content where its first arrival may have found nothing: no conflict, and nothing to write.
    if (now && isSame(now, content) && isExpected(false)) return { invoice: now, isNew };
    if (!isExpected(!isNew)) throw shopError('version_mismatch');
    if (isNew && (await countInvoices(tx, ref.principal)) >= INVOICES_MAX) throw shopError('limit_reached');
    await writeInvoice(tx, ref, { ...content, updatedAt: clock() });
    return { invoice: { number: ref.number, status: 'recorded', taxMinor: null, ...content }, isNew };
  });
}

function isSame(invoice: Invoice, { customer, amountMinor, currency }: InvoiceContent): boolean {
  return invoice.customer === customer && invoice.amountMinor === amountMinor && invoice.currency === currency;
}
