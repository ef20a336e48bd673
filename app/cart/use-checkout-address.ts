'use client';

import { useSearchParams } from 'next/navigation';
import { useRef } from 'react';

/**
 * The checkout sheet is a place: `/cart?checkout`. It can be linked to and reloaded, and Back closes it. The address is
 * changed without a navigation, so opening it asks the server for nothing.
 */
export function useCheckoutAddress() {
  const isOpen = useSearchParams().has('checkout');
  const openedHere = useRef(false);
  return {
    isOpen,
    open() {
      if (isOpen) return;
      openedHere.current = true;
      window.history.pushState(null, '', withCheckout(true));
    },
    close() {
      if (openedHere.current) window.history.back();
      else window.history.replaceState(null, '', withCheckout(false));
      openedHere.current = false;
    },
  };
}

function withCheckout(open: boolean): string {
  const url = new URL(window.location.href);
  if (open) url.searchParams.set('checkout', '');
  else url.searchParams.delete('checkout');
  return `${url.pathname}${url.search}`;
}
