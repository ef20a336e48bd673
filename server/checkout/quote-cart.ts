import { type Cart, type CartRef, findCart } from '#db/carts.ts';
import { listProducts } from '#db/catalog.ts';
import type { Queries } from '#db/open.ts';
import type { FrozenQuote } from '#db/payments.ts';
import type { PricedLine } from '#db/schema.ts';
import { errors, shopError } from '../errors.ts';
import type { TaxService } from '../tax/tax-service.ts';

export interface QuoteTools {
  readonly reader: Queries;
  readonly tax: TaxService;
}

export interface Quote {
  readonly kind: 'quoted';
  readonly cartVersion: number;
  readonly quote: FrozenQuote;
  /** What the shelf has less of than the cart, if anything: a price can be told of it all the same. */
  readonly shortOf: string | undefined;
}

export type Quoted =
  | Quote
  | { readonly kind: 'empty' }
  | { readonly kind: 'tax-unavailable'; readonly retryAfterMs: number };

/**
 * Prices come from the shelf and tax from the tax service; the client's numbers are only compared. A cart that is edited
 * while the tax is asked for is found out by the reservation, which looks at its version.
 */
export async function quoteCart(
  { cartId, version, lines: wanted }: Cart,
  { reader, tax }: QuoteTools,
): Promise<Quoted> {
  if (wanted.length === 0) return { kind: 'empty' };
  const { lines, currency, shortOf } = await priced(wanted, reader);
  const subtotalMinor = lines.reduce((sum, line) => sum + line.unitAmountMinor * line.quantity, 0);
  const answer = await tax.quote({ cartId, lines, subtotalMinor, currency });
  if (answer.kind === 'unavailable') {
    return { kind: 'tax-unavailable', retryAfterMs: answer.retryAfterMs ?? errors.tax_unavailable.retryAfterMs };
  }
  const { taxMinor } = answer;
  return {
    kind: 'quoted',
    cartVersion: version,
    shortOf,
    quote: { lines, subtotalMinor, taxMinor, totalMinor: subtotalMinor + taxMinor, currency },
  };
}

/** @throws the shop's error for whatever is no quote. */
export async function quoteOrThrow(cart: CartRef, tools: QuoteTools): Promise<Quote> {
  const found = await findCart(tools.reader, cart);
  if (!found) throw shopError('not_found');
  const quoted = await quoteCart(found, tools);
  switch (quoted.kind) {
    case 'quoted':
      return quoted;
    case 'empty':
      throw shopError('cart_empty');
    case 'tax-unavailable':
      throw shopError('tax_unavailable', { retryAfterMs: quoted.retryAfterMs });
  }
}

async function priced(
  wanted: Cart['lines'],
  reader: Queries,
): Promise<{ lines: readonly PricedLine[]; currency: string; shortOf: string | undefined }> {
  const shelf = new Map((await listProducts(reader)).map((product) => [product.sku, product]));
  const currencies = new Set<string>();
  let shortOf: string | undefined;
  const lines = wanted.map(({ sku, quantity }) => {
    const product = shelf.get(sku);
    if (!product) throw new Error(`${sku} is in a cart but not on the shelf`);
    currencies.add(product.currency);
    if (product.stock < quantity) shortOf ??= sku;
    return { sku, quantity, name: product.name, unitAmountMinor: product.priceMinor };
  });
  const [currency, another] = currencies;
  if (currency === undefined || another !== undefined) throw new Error('a cart has exactly one currency');
  return { lines, currency, shortOf };
}
