import type { Invoice } from '#db/invoices.ts';

/** An invoice as it is answered. A type and not an interface, so that it counts as JSON. */
export type ShownInvoice = Omit<Invoice, 'taxMinor'> & { readonly taxMinor?: number; readonly totalMinor?: number };

/** The total is said once the tax is known. */
export function shownInvoice({ number, status, customer, amountMinor, taxMinor, currency }: Invoice): ShownInvoice {
  const invoice = { number, status, customer, amountMinor, currency };
  return taxMinor === null ? invoice : { ...invoice, taxMinor, totalMinor: amountMinor + taxMinor };
}
