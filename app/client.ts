'use client';

import { createAttempts } from '@payonce/trpc-idempotency/client';
import { v4 as uuid } from 'uuid';
import { CART_STORAGE_KEY, createCart } from './cart/cart-store.ts';
import { fetchCartLines, putCart } from './cart/save-cart.ts';
import { Payment } from './checkout/payment.ts';
import type { PaymentInput } from './checkout/payment-state.ts';
import { lookUpPayment, sendPayment } from './checkout/send-payment.ts';
import { createFlakyFetch } from './flaky-network/flaky-fetch.ts';
import { createFlakySettings } from './flaky-network/flaky-settings.ts';
import { scriptOf } from './flaky-network/trouble.ts';
import { pageStorage } from './page-storage.ts';
import { createShop } from './trpc/create-shop.ts';

/**
 * What one page of the shop is made of, put together once and outside React: the way to the server with the flaky
 * network under it, the cart and the payment, which each need to know one thing of the other.
 */
export function client(): Client {
  page ??= create();
  return page;
}

export type Client = ReturnType<typeof create>;

let page: Client | undefined;

function create() {
  const storage = pageStorage();
  const flaky = createFlakySettings({
    storage,
    readUrl: () => new URL(window.location.href),
    replaceUrl: (url) => window.history.replaceState(null, '', url),
  });
  const flakyFetch = createFlakyFetch({
    fetch: (target, init) => window.fetch(target, init),
    script: () => {
      const { on, seed, troubles } = flaky.getSnapshot();
      return on ? scriptOf(seed, troubles) : [];
    },
    sleep: sleepUnlessAborted,
  });
  const shop = createShop(flakyFetch);
  const attempts = createAttempts<PaymentInput>({ storage, storageKey: 'payonce.attempt', now: Date.now });
  const payment = new Payment({
    attempts,
    send: (attempt, sending) => sendPayment(shop, attempt, sending),
    lookUp: (reference) => lookUpPayment(shop, reference),
    onPaid: (cartId) => cart.renew(cartId),
    now: Date.now,
  });
  const cart = createCart({
    storage,
    newId: uuid,
    put: (cartId, lines) => putCart(shop, cartId, lines),
    fetchLines: (cartId) => fetchCartLines(shop, cartId),
    mayEdit: () => !payment.isOpen(),
  });
  window.addEventListener('storage', ({ key }) => {
    if (key === CART_STORAGE_KEY) cart.reload();
  });
  // A reload came between a change and its save.
  if (cart.getSnapshot().saving === 'failed') void cart.retry();
  return { shop, flaky, payment, cart };
}

function sleepUnlessAborted(milliseconds: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
