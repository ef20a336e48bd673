'use client';

import { client } from '../client.ts';
import { BagIcon } from '../phone/icons.tsx';
import { Link } from '../site/link.tsx';
import { useItemsInCart } from './use-cart.ts';

export function CartLink() {
  const count = useItemsInCart();
  return (
    <Link
      href="/cart"
      // Going to the cart on purpose ends the last payment's hold on this address; Back does not.
      onClick={() => client().payment.dismiss()}
      aria-label={`Cart, ${count} ${count === 1 ? 'item' : 'items'}`}
      className="relative grid size-12 place-items-center rounded-full transition-colors hover:bg-sunken"
    >
      <BagIcon />
      {count > 0 && (
        <span className="absolute top-1 right-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 text-xs font-bold text-on-accent">
          {count}
        </span>
      )}
    </Link>
  );
}
