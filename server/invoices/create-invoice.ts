import { defineOperation, proceed, rejected, settled, unfinished } from '@payonce/trpc-idempotency';
import { countInvoices, draftInvoice, issueInvoice } from '#db/invoices.ts';
import type { Tx } from '#db/open.ts';
import type { Clock } from '../clock.ts';
import { errors } from '../errors.ts';
import type { TaxService } from '../tax/tax-service.ts';
import { INVOICES_MAX } from './put-invoice.ts';
import { invoiceContent } from './schema.ts';
import { type ShownInvoice, shownInvoice } from './shown-invoice.ts';

export type CreateInvoice = ReturnType<typeof createInvoiceOperation>;

/**
 * One key, one invoice, one number, though the tax service fails in between.
 *
 *   claimed ─► drafted ─► tax ─► finished
 *              the next          the tax and the answer,
 *              number is taken   in one commit
 *
 * The number is taken before the tax service is asked: whoever sends the key again goes on with the same draft, so the
 * numbers have no gap and no invoice is there twice.
 */
export function createInvoiceOperation({ tax, clock }: { readonly tax: TaxService; readonly clock: Clock }) {
  return defineOperation<Tx, typeof invoiceContent, ShownInvoice>({
    name: 'invoices.create',
    version: 1,
    input: invoiceContent,

    async run(content, run) {
      const drafted = await run.phase('drafted', async (tx) => {
        if ((await countInvoices(tx, run.principal)) >= INVOICES_MAX) return rejected('limit_reached');
        return proceed({ number: await draftInvoice(tx, run.principal, { ...content, updatedAt: clock() }) });
      });
      if (drafted.kind !== 'proceed') return drafted;
      const { number } = drafted.data;

      const { amountMinor, currency } = content;
      const answer = await run.call('tax', () => tax.quote({ lines: [], subtotalMinor: amountMinor, currency }));
      if (answer.kind === 'unavailable') {
        return unfinished('tax_unavailable', answer.retryAfterMs ?? errors.tax_unavailable.retryAfterMs);
      }
      const { taxMinor } = answer;
      return run.finish(async (tx) => {
        await issueInvoice(tx, { principal: run.principal, number }, { taxMinor, updatedAt: clock() });
        const invoice = shownInvoice({ number, status: 'issued', ...content, taxMinor });
        return settled(invoice, { Location: `/api/invoices/${number}` });
      });
    },
  });
}
