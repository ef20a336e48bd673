'use client';

import type { CartLine } from '../cart/cart-store.ts';
import { ProductArt } from '../catalog/art/product-art.tsx';
import { formatMoney } from '../money/format-money.ts';
import type { Product, Quote } from '../trpc/shop-types.ts';

interface OrderSummaryProps {
  readonly lines: readonly CartLine[];
  readonly products: readonly Product[];
  readonly quote: Quote | undefined;
}

/** Everything that is paid for, and every amount, before the button: prices, tax and total are the server's. */
export function OrderSummary({ lines, products, quote }: OrderSummaryProps) {
  return (
    <section aria-label="Order">
      <ul className="divide-y divide-line">
        {lines.map(({ sku, quantity }) => {
          const product = products.find((candidate) => candidate.sku === sku);
          return (
            <li key={sku} className="flex items-center gap-3.5 py-1.5">
              <div className="size-12 shrink-0 overflow-hidden rounded-xl">
                <ProductArt sku={sku} />
              </div>
              <p className="min-w-0 flex-1 leading-snug font-semibold">
                {product?.name ?? sku}
                {quantity > 1 && <span className="font-normal text-ink-soft"> × {quantity}</span>}
              </p>
              <p>{product ? formatMoney(product.priceMinor * quantity) : ''}</p>
            </li>
          );
        })}
      </ul>
      <dl className="mt-1.5 border-t border-line pt-2">
        <Amount name="Subtotal" amountMinor={quote?.subtotalMinor} />
        <Amount name="Tax, 20 %" amountMinor={quote?.taxMinor} />
        <Amount name="Total" amountMinor={quote?.totalMinor} strong />
      </dl>
    </section>
  );
}

interface AmountProps {
  readonly name: string;
  readonly amountMinor: number | undefined;
  readonly strong?: boolean;
}

export function Amount({ name, amountMinor, strong = false }: AmountProps) {
  return (
    <div className={`flex justify-between py-0.5 ${strong ? 'text-lg font-bold tracking-[-0.01em]' : 'text-ink-soft'}`}>
      <dt>{name}</dt>
      <dd className={strong ? '' : 'text-ink'}>
        {amountMinor === undefined ? (
          <span className="inline-block h-4 w-16 animate-pulse rounded-full bg-sunken align-middle" />
        ) : (
          formatMoney(amountMinor)
        )}
      </dd>
    </div>
  );
}
