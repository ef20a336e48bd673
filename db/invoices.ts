import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { and, count, eq, max, sql } from 'drizzle-orm';
import type { Queries, Tx } from './open.ts';
import { invoices } from './schema.ts';

/** What the numbers that we give begin with; a client's may not. */
export const OUR_NUMBERS = 'INV-';

export interface InvoiceRef {
  readonly principal: string;
  readonly number: string;
}

/** What an invoice is about. Money is integer minor units. */
export interface InvoiceContent {
  readonly customer: string;
  readonly amountMinor: number;
  readonly currency: string;
}

export interface Invoice extends InvoiceContent {
  readonly number: string;
  readonly status: 'recorded' | 'draft' | 'issued';
  /** Null until the tax service has spoken, and for one that the client put. */
  readonly taxMinor: number | null;
}

const byRef = statement((db, p: Placeholders<InvoiceRef>) =>
  db
    .select({
      number: invoices.number,
      status: invoices.status,
      customer: invoices.customer,
      amountMinor: invoices.amountMinor,
      taxMinor: invoices.taxMinor,
      currency: invoices.currency,
    })
    .from(invoices)
    .where(and(eq(invoices.principal, p.principal), eq(invoices.number, p.number)))
    .prepare(),
);

const ofCustomer = statement((db, p: Placeholders<{ principal: string }>) =>
  db
    .select({ total: count(), lastSequence: max(invoices.sequence) })
    .from(invoices)
    .where(eq(invoices.principal, p.principal))
    .prepare(),
);

const insert = statement(
  (db, p: Placeholders<Omit<Invoice, 'taxMinor'> & InvoiceRef & { sequence: number | null; updatedAt: number }>) =>
    db
      .insert(invoices)
      .values({
        principal: p.principal,
        number: p.number,
        sequence: p.sequence,
        status: p.status,
        customer: p.customer,
        amountMinor: p.amountMinor,
        currency: p.currency,
        updatedAt: p.updatedAt,
      })
      .prepare(),
);

const remove = statement((db, p: Placeholders<InvoiceRef>) =>
  db
    .delete(invoices)
    .where(and(eq(invoices.principal, p.principal), eq(invoices.number, p.number)))
    .prepare(),
);

const issue = statement((db, p: Placeholders<InvoiceRef & { taxMinor: number; updatedAt: number }>) =>
  db
    .update(invoices)
    .set({ status: 'issued', taxMinor: sql`${p.taxMinor}`, updatedAt: sql`${p.updatedAt}` })
    .where(and(eq(invoices.principal, p.principal), eq(invoices.number, p.number), sql`${invoices.status} = 'draft'`))
    .returning({ number: invoices.number })
    .prepare(),
);

export async function findInvoice(queries: Queries, ref: InvoiceRef): Promise<Invoice | undefined> {
  return (await queries.query(byRef, ref))[0];
}

/** How many this customer has, of both kinds. */
export async function countInvoices(queries: Queries, principal: string): Promise<number> {
  return (await queries.query(ofCustomer, { principal }))[0]?.total ?? 0;
}

/** Creates or replaces an invoice of the client's own number. */
export async function putInvoice(
  tx: Tx,
  ref: InvoiceRef,
  content: InvoiceContent & { updatedAt: number },
): Promise<void> {
  await tx.query(remove, ref);
  await tx.query(insert, { ...ref, ...content, status: 'recorded', sequence: null });
}

/** Takes the next number of this customer, so that two drafts never have the same and none is left out. */
export async function draftInvoice(
  tx: Tx,
  principal: string,
  content: InvoiceContent & { updatedAt: number },
): Promise<string> {
  const sequence = ((await tx.query(ofCustomer, { principal }))[0]?.lastSequence ?? 0) + 1;
  const number = `${OUR_NUMBERS}${String(sequence).padStart(6, '0')}`;
  await tx.query(insert, { principal, number, ...content, status: 'draft', sequence });
  return number;
}

/** Throws when there is no such draft: an invoice is issued once. */
export async function issueInvoice(
  tx: Tx,
  { principal, number }: InvoiceRef,
  issued: { readonly taxMinor: number; readonly updatedAt: number },
): Promise<void> {
  const rows = await tx.query(issue, { principal, number, ...issued });
  if (rows.length !== 1) throw new Error(`${number} is no draft`);
}
