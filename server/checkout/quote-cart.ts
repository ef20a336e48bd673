import { type Cart, findCart } from '#db/carts.ts';
import { listProducts } from '#db/catalog.ts';
import type { Queries } from '#db/open.ts';
import type { FrozenQuote } from '#db/payments.ts';
import type { PricedLine } from '#db/schema.ts';
import type { TaxService } from '../tax/tax-service.ts';

export interface QuoteTools {
  readonly reader: Queries;
  readonly tax: TaxService;
}

export type Quoted =
  | { readonly kind: 'quoted'; readonly cartVersion: number; readonly quote: FrozenQuote }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'tax-unavailable'; readonly retryAfterMs: number };

/** Said when the tax service did not say itself when it will be back. */
const TAX_RETRY_AFTER_MS = 2_000;

/** Prices come from the shelf and tax from the tax service; the client's numbers are only compared. */
export async function quoteCart(
  cart: { readonly principal: string; readonly cartId: string },
  { reader, tax }: QuoteTools,
): Promise<Quoted> {
  const found = await findCart(reader, cart);
  if (!found) return { kind: 'not-found' };
  if (found.lines.length === 0) return { kind: 'empty' };

  const { lines, currency } = await priced(found, reader);
  const subtotalMinor = lines.reduce((sum, line) => sum + line.unitAmountMinor * line.quantity, 0);
  const answer = await tax.quote({ cartId: cart.cartId, lines, subtotalMinor, currency });
  if (answer.kind === 'unavailable') {
    return { kind: 'tax-unavailable', retryAfterMs: answer.retryAfterMs ?? TAX_RETRY_AFTER_MS };
  }
  const { taxMinor } = answer;
  return {
    kind: 'quoted',
    cartVersion: found.version,
    quote: { lines, subtotalMinor, taxMinor, totalMinor: subtotalMinor + taxMinor, currency },
  };
}

async function priced(cart: Cart, reader: Queries): Promise<{ lines: readonly PricedLine[]; currency: string }> {
  const shelf = new Map((await listProducts(reader)).map((product) => [product.sku, product]));
  const currencies = new Set<string>();
  const lines = cart.lines.map(({ sku, quantity }) => {
    const product = shelf.get(sku);
    if (!product) throw new Error(`${sku} is in a cart but not on the shelf`);
    currencies.add(product.currency);
    return { sku, quantity, name: product.name, unitAmountMinor: product.priceMinor };
  });
  const [currency, another] = currencies;
  if (currency === undefined || another !== undefined) throw new Error('a cart has exactly one currency');
  return { lines, currency };
}
