import type { z } from 'zod';
import { ok, type Reply } from '../http/reply.ts';
import type { PaymentCall, Prepared } from './call.ts';
import type { Kind, LedgerObjects, LedgerQuery } from './ledger.ts';
import type { pageParams } from './params.ts';
import { noSuch } from './stripe-error.ts';

type PageParams = z.output<z.ZodObject<typeof pageParams>>;

/** Stripe gives ten where nothing is said. */
const limitDefault = 10;

interface ListOf<K extends Kind> {
  readonly kind: K;
  readonly what: string;
  readonly path: string;
  readonly page: PageParams;
  readonly filter?: Partial<LedgerQuery>;
  readonly present?: (object: LedgerObjects[K]) => unknown;
}

/** A page of a list, newest first, as Stripe's list objects are. */
export function listOf<K extends Kind>(call: PaymentCall, of: ListOf<K>): Prepared | Reply {
  const { limit = limitDefault, starting_after: startingAfter, created } = of.page;
  if (startingAfter && !call.ledger.has(of.kind, startingAfter)) {
    return noSuch(of.what, startingAfter, { status: 400, param: 'starting_after' });
  }
  return {
    run() {
      const found = call.ledger.list(
        of.kind,
        { limit, ...(startingAfter && { startingAfter }), ...createdBetween(created), ...of.filter },
        call.replica,
      );
      const data = of.present ? found.data.map(of.present) : found.data;
      return ok({ object: 'list', url: of.path, has_more: found.hasMore, data });
    },
  };
}

function createdBetween(created: PageParams['created']): Partial<LedgerQuery> {
  if (!created) return {};
  const { gt, gte, lt, lte } = { gt: undefined, lt: undefined, ...created };
  const from = gt === undefined ? gte : gt + 1;
  const to = lt === undefined ? lte : lt - 1;
  return { ...(from !== undefined && { createdFrom: from }), ...(to !== undefined && { createdTo: to }) };
}
