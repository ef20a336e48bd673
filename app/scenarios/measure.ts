import type { Shop } from '../trpc/create-shop.ts';
import type { Truth } from './scenario.ts';

/** A cart that a run is judged by, and the way to the shop of whoever filled it. */
export interface Judged {
  readonly books: Shop;
  readonly cartId: string;
}

const LOOK_EVERY_MS = 250;
/** A bank that is still thinking answers within its 6 s; a provider that does not is cut off after 8 s. */
const LOOKS_MAX = 60;

/**
 * What became of it, by the shop's log and the provider's ledger, once nothing is running any more: a request whose
 * client has hung up goes on at the shop, and its charge counts.
 */
export async function measure(carts: readonly Judged[]): Promise<Omit<Truth, 'sent'>> {
  for (let looks = 0; ; looks += 1) {
    const ledgers = await Promise.all(carts.map(ledgerOf));
    const requests = ledgers.flatMap(({ rows }) => rows.requests);
    const isStill = requests.every(({ verdict }) => verdict !== 'running');
    if (!isStill && looks < LOOKS_MAX) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      continue;
    }
    const sum = (count: (ledger: Ledger) => number) => ledgers.reduce((total, ledger) => total + count(ledger), 0);
    return {
      requests: sum((ledger) => ledger.requests),
      replays: sum((ledger) => ledger.replays),
      charges: sum((ledger) => ledger.charges),
      moneyMinor: sum((ledger) => ledger.moneyMinor),
      orders: sum((ledger) => ledger.orders),
      refusals: requests.flatMap(({ reason }) => (reason === null ? [] : [reason])),
    };
  }
}

function ledgerOf({ books, cartId }: Judged) {
  return books.backstage.ledger.query({ cartId });
}

type Ledger = Awaited<ReturnType<typeof ledgerOf>>;
