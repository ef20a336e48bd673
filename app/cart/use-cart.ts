'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { client } from '../client.ts';
import type { CartState } from './cart-store.ts';

/** The cart of this browser. `known` is false on the server and during hydration, when nobody can know it yet. */
export function useCart() {
  const state = useSyncExternalStore(subscribe, currentCart, () => NOT_YET);
  return useMemo(() => ({ ...state, known: state !== NOT_YET, setQuantity, retry }), [state]);
}

const NOT_YET: CartState = { cartId: '', version: null, lines: [], saving: 'saved' };

const subscribe = (listener: () => void) => client().cart.subscribe(listener);
const currentCart = () => client().cart.getSnapshot();
const setQuantity = (sku: string, quantity: number) => client().cart.setQuantity(sku, quantity);
const retry = () => client().cart.retry();
