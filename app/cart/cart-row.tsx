'use client';

import type { ReactNode } from 'react';
import { ProductArt } from '../catalog/art/product-art.tsx';
import { formatMoney } from '../money/format-money.ts';
import { MinusIcon, PlusIcon } from '../phone/icons.tsx';
import type { Product } from '../trpc/shop-types.ts';

interface CartRowProps {
  readonly product: Product;
  readonly quantity: number;
  /** While a payment of this cart is open: shown, and not to be changed. */
  readonly locked: boolean;
  readonly onQuantity: (quantity: number) => void;
}

/** One line of the cart: picture, name, price, and a stepper with targets of 48 px. The picture gives way to them. */
export function CartRow({ product, quantity, locked, onQuantity }: CartRowProps) {
  const { name, sku, priceMinor, stock } = product;
  return (
    <li className="flex gap-4 py-4 max-[22.5rem]:gap-3">
      <div className="size-24 shrink-0 max-[22.5rem]:size-18 overflow-hidden rounded-2xl">
        <ProductArt sku={sku} />
      </div>
      <div className="flex min-w-0 flex-1 flex-col justify-between">
        <div className="flex items-start justify-between gap-3">
          <div>
            <h2 className="leading-snug font-semibold tracking-[-0.01em]">{name}</h2>
            {quantity > 1 && <p className="text-sm text-ink-soft">{formatMoney(priceMinor)} each</p>}
          </div>
          <p className="font-semibold">{formatMoney(priceMinor * quantity)}</p>
        </div>
        <div className="flex flex-wrap items-center justify-between">
          <div className="flex items-center rounded-full bg-surface">
            <Step label={`One fewer ${name}`} spent={locked} onClick={() => onQuantity(quantity - 1)}>
              <MinusIcon />
            </Step>
            <span aria-live="polite" className="min-w-6 text-center font-semibold">
              {quantity}
            </span>
            <Step
              label={`One more ${name}`}
              spent={locked || quantity >= stock}
              onClick={() => onQuantity(quantity + 1)}
            >
              <PlusIcon />
            </Step>
          </div>
          <button
            type="button"
            aria-label={`Remove ${name}`}
            aria-disabled={locked}
            onClick={() => locked || onQuantity(0)}
            className="aria-disabled:opacity-35 -mr-3 min-h-12 rounded-full px-3 text-sm text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink"
          >
            Remove
          </button>
        </div>
        {quantity >= stock && <p className="text-sm text-ink-soft">{stockWords(stock, quantity)}</p>}
      </div>
    </li>
  );
}

function stockWords(stock: number, quantity: number): string {
  if (stock === 0) return 'Sold out meanwhile. Remove it to go on.';
  return quantity > stock ? `Only ${stock} left.` : 'That is all there is.';
}

interface StepProps {
  readonly label: string;
  readonly spent?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Step({ label, spent = false, onClick, children }: StepProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={spent}
      onClick={() => spent || onClick()}
      className="grid size-12 place-items-center rounded-full transition-colors hover:bg-sunken aria-disabled:opacity-35 aria-disabled:hover:bg-transparent"
    >
      {children}
    </button>
  );
}
