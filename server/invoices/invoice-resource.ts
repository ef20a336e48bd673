import { findInvoice, type Invoice } from '#db/invoices.ts';
import type { Database } from '#db/open.ts';
import type { Clock } from '../clock.ts';
import { shopError } from '../errors.ts';
import { presenceConditionOf } from '../http/plain/precondition.ts';
import type { Reply, Resource } from '../http/plain/resource.ts';
import { readInput } from '../read-input.ts';
import { putInvoice } from './put-invoice.ts';
import { invoiceContent, invoiceRef, ownInvoiceRef } from './schema.ts';
import { shownInvoice } from './shown-invoice.ts';

export function invoiceResource(storage: { readonly database: Database; readonly clock: Clock }): Resource {
  return {
    async GET({ principal, id }) {
      const { number } = readInput(invoiceRef, { number: id });
      const invoice = await findInvoice(storage.database.reader, { principal, number });
      if (!invoice) throw shopError('not_found');
      return shown(200, invoice);
    },

    async PUT({ principal, id, body, request: { headers } }) {
      const { number } = readInput(ownInvoiceRef, { number: id });
      const put = { content: readInput(invoiceContent, body), isExpected: presenceConditionOf(headers) };
      const { invoice, isNew } = await putInvoice({ principal, number }, put, storage);
      return shown(isNew ? 201 : 200, invoice);
    },
  };
}

const shown = (status: 200 | 201, invoice: Invoice): Reply => ({ status, json: shownInvoice(invoice) });
