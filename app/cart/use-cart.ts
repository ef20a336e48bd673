'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { client } from '../client.ts';
import { type CartState, countItems } from './cart-store.ts';

/** The cart of this browser. `known` is false on the server and during hydration, when nobody can know it yet. */
export function useCart() {
  const state = useSyncExternalStore(subscribe, currentCart, () => NOT_YET);
  return useMemo(() => ({ ...state, known: state !== NOT_YET, setQuantity, retry }), [state]);
}

/** How many of one thing are in it: whoever asks for no more is not drawn again when something else changes. */
export function useQuantityInCart(sku: string): number {
  return useSyncExternalStore(
    subscribe,
    () => currentCart().lines.find((line) => line.sku === sku)?.quantity ?? 0,
    () => 0,
  );
}

export function useItemsInCart(): number {
  return useSyncExternalStore(
    subscribe,
    () => countItems(currentCart().lines),
    () => 0,
  );
}

export const setQuantity = (sku: string, quantity: number) => client().cart.setQuantity(sku, quantity);

const NOT_YET: CartState = { cartId: '', version: null, lines: [], saving: 'saved' };

const subscribe = (listener: () => void) => client().cart.subscribe(listener);
const currentCart = () => client().cart.getSnapshot();
const retry = () => client().cart.retry();
