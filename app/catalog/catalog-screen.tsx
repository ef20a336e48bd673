'use client';

import { TryAgain } from '../phone/try-again.tsx';
import type { Product } from '../trpc/shop-types.ts';
import { ProductTile } from './product-tile.tsx';
import { useProducts } from './use-products.ts';

/** The shelf. What it held when the page was made is there at once; absent, it is asked for. */
export function CatalogScreen({ shelf }: { shelf: readonly Product[] | undefined }) {
  const products = useProducts(shelf);
  return (
    <>
      <div className="pt-5 pb-7">
        <h1 className="text-[2.125rem] leading-[1.05] font-bold tracking-[-0.035em]">Small goods, charged once.</h1>
        <p className="mt-3 max-w-[19rem] text-ink-soft">
          Eight things worth keeping, and a Pay button you can tap on the worst network there is.
        </p>
      </div>
      {products.isLoadingError ? (
        <TryAgain title="The shelf did not load" onTryAgain={() => void products.refetch()}>
          The shop did not answer. Your cart is safe.
        </TryAgain>
      ) : (
        <ul className="grid grid-cols-2 gap-x-3.5 gap-y-7" aria-busy={products.isPending}>
          {products.data?.map((product, position) => (
            <ProductTile
              key={product.sku}
              product={product}
              wide={position === 0 || position === products.data.length - 1}
            />
          )) ?? <ShelfSkeleton />}
        </ul>
      )}
    </>
  );
}

function ShelfSkeleton() {
  return (
    <>
      <li className="sr-only">Loading the shelf</li>
      {PLACES.map((place) => (
        <li key={place} aria-hidden="true" className="first-of-type:col-span-2 nth-2:col-span-2">
          <div
            className={`${place === 'first' ? 'aspect-[8/5]' : 'aspect-square'} animate-pulse rounded-3xl bg-sunken`}
          />
          <div className="mt-3 h-4 w-3/5 animate-pulse rounded-full bg-sunken" />
          <div className="mt-2 h-4 w-2/5 animate-pulse rounded-full bg-sunken" />
        </li>
      ))}
    </>
  );
}

const PLACES = ['first', 'second', 'third', 'fourth', 'fifth'] as const;
