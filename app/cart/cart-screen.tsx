'use client';

import dynamic from 'next/dynamic';
import { useProducts } from '../catalog/use-products.ts';
import { isOpen } from '../checkout/payment-state.ts';
import { usePayment } from '../checkout/use-payment.ts';
import { formatMoney } from '../money/format-money.ts';
import { Button } from '../phone/button.tsx';
import { Empty } from '../phone/empty.tsx';
import { TryAgain } from '../phone/try-again.tsx';
import { Link } from '../site/link.tsx';
import { CartNotice } from './cart-notice.tsx';
import { CartRow } from './cart-row.tsx';
import { useCart } from './use-cart.ts';
import { useCheckoutAddress } from './use-checkout-address.ts';

const CheckoutSheet = dynamic(() => import('../checkout/checkout-sheet.tsx'), { ssr: false });

export function CartScreen() {
  const cart = useCart();
  const products = useProducts();
  const { state } = usePayment();
  const checkout = useCheckoutAddress();
  const paying = isOpen(state);

  if (!cart.known || products.isPending) return <CartSkeleton />;
  if (products.isLoadingError) {
    return (
      <TryAgain title="Your cart did not load" isWholeScreen onTryAgain={() => void products.refetch()}>
        The shop did not answer. Nothing in it is lost.
      </TryAgain>
    );
  }
  if (cart.lines.length === 0 && !paying && state.kind !== 'paid') {
    return (
      <Empty title="Your cart is empty" next={{ href: '/', words: 'See the shelf' }}>
        Whatever you put here waits for you, on this browser.
      </Empty>
    );
  }
  const rows = cart.lines.flatMap(({ sku, quantity }) => {
    const product = products.data.find((candidate) => candidate.sku === sku);
    return product ? [{ product, quantity }] : [];
  });
  const subtotalMinor = rows.reduce((sum, { product, quantity }) => sum + product.priceMinor * quantity, 0);
  return (
    <>
      <h1 className="pt-5 pb-3 text-[2.125rem] leading-[1.05] font-bold tracking-[-0.035em]">Your cart</h1>
      <CartNotice saving={cart.saving} paying={paying} onRetry={cart.retry} onSee={checkout.open} />
      <ul className="divide-y divide-line">
        {rows.map(({ product, quantity }) => (
          <CartRow
            key={product.sku}
            product={product}
            quantity={quantity}
            locked={paying}
            onQuantity={(next) => cart.setQuantity(product.sku, next)}
          />
        ))}
      </ul>
      <p className="flex-1 pt-2">
        <Link
          href="/"
          className="inline-flex min-h-12 items-center text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          Keep looking
        </Link>
      </p>
      <div className="sticky bottom-0 -mx-5 mt-6 border-t border-line bg-paper/95 px-5 pt-4 pb-5 backdrop-blur-md">
        <p className="mb-3 flex items-baseline justify-between">
          <span className="text-ink-soft">Subtotal, before tax</span>
          <span className="text-lg font-bold tracking-[-0.01em]">{formatMoney(subtotalMinor)}</span>
        </p>
        <Button kind="main" className="min-h-14 w-full text-lg" onClick={checkout.open}>
          Checkout
        </Button>
      </div>
      <CheckoutSheet open={checkout.isOpen} onOpenChange={(open) => (open ? checkout.open() : checkout.close())} />
    </>
  );
}

function CartSkeleton() {
  return (
    <div aria-busy="true">
      <h1 className="pt-5 pb-3 text-[2.125rem] leading-[1.05] font-bold tracking-[-0.035em]">Your cart</h1>
      <p className="sr-only">Loading your cart</p>
      {['first', 'second'].map((place) => (
        <div key={place} aria-hidden="true" className="flex animate-pulse gap-4 py-4">
          <div className="size-24 rounded-2xl bg-sunken" />
          <div className="flex flex-1 flex-col justify-between py-1">
            <div className="h-4 w-3/5 rounded-full bg-sunken" />
            <div className="h-12 w-28 rounded-full bg-sunken" />
          </div>
        </div>
      ))}
    </div>
  );
}
