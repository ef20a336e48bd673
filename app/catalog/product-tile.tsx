'use client';

import { setQuantity, useQuantityInCart } from '../cart/use-cart.ts';
import { formatMoney } from '../money/format-money.ts';
import { PlusIcon } from '../phone/icons.tsx';
import type { Product } from '../trpc/shop-types.ts';
import { ProductArt } from './art/product-art.tsx';

/** Fewer than this and the tile says how many are left. */
const SCARCE_BELOW = 5;

export function ProductTile({ product, wide }: { product: Product; wide: boolean }) {
  const inCart = useQuantityInCart(product.sku);
  const left = product.stock - inCart;
  return (
    <li className={wide ? 'col-span-2' : ''}>
      <div className={`relative overflow-hidden rounded-3xl ${wide ? 'aspect-[8/5]' : 'aspect-square'}`}>
        <ProductArt sku={product.sku} />
        {product.stock < SCARCE_BELOW && (
          <p className="absolute top-3 left-3 rounded-full bg-surface px-3 py-1.5 text-sm font-semibold">
            {product.stock === 0 ? 'Sold out' : `Only ${product.stock} left`}
          </p>
        )}
      </div>
      <div className="mt-2 flex items-center justify-between gap-2 pl-1">
        <div>
          <h2 className="leading-snug font-semibold tracking-[-0.01em]">{product.name}</h2>
          <p className="text-ink-soft">{formatMoney(product.priceMinor)}</p>
        </div>
        <button
          type="button"
          aria-label={`Add ${product.name} to cart`}
          aria-disabled={left < 1}
          onClick={() => left > 0 && setQuantity(product.sku, inCart + 1)}
          className={`grid size-12 shrink-0 place-items-center rounded-full transition duration-200 ease-calm active:scale-92 aria-disabled:active:scale-100 ${
            inCart > 0
              ? 'bg-accent-soft text-lg font-bold text-accent'
              : 'bg-surface hover:bg-accent hover:text-on-accent aria-disabled:bg-sunken aria-disabled:text-ink-soft'
          }`}
        >
          {inCart > 0 ? inCart : <PlusIcon />}
        </button>
      </div>
    </li>
  );
}
