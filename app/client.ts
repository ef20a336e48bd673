'use client';

import { createAttempts, createTabs } from '@payonce/trpc-idempotency/client';
import { v4 as uuid } from 'uuid';
import { CART_STORAGE_KEY, createCart } from './cart/cart-store.ts';
import { fetchCartLines, putCart } from './cart/save-cart.ts';
import { Payment } from './checkout/payment.ts';
import type { PaymentInput } from './checkout/payment-state.ts';
import { lookUpPayment, sendPayment } from './checkout/send-payment.ts';
import { createFlakyFetch } from './flaky-network/flaky-fetch.ts';
import { createFlakySettings } from './flaky-network/flaky-settings.ts';
import { createMishapLog } from './flaky-network/mishap-log.ts';
import { scriptOf } from './flaky-network/script.ts';
import { pageStorage, siteStorage } from './page-storage.ts';
import { isDemoDocument } from './site/demo.tsx';
import { createShop } from './trpc/create-shop.ts';
import { createGuards } from './trpc/guards.ts';

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

// In a task of its own: the screen that is first to ask would put it together in the middle of coming to life.
if (typeof window !== 'undefined') setTimeout(client);

function create() {
  const storage = pageStorage();
  const flaky = createFlakySettings({
    storage,
    readUrl: () => new URL(window.location.href),
    replaceUrl: (url) => window.history.replaceState(null, '', url),
    random: Math.random,
  });
  const mishaps = createMishapLog(Date.now);
  const flakyFetch = createFlakyFetch({
    fetch: (target, init) => window.fetch(target, init),
    script: () => {
      const settings = flaky.getSnapshot();
      return settings.on && isDemoDocument() ? scriptOf(settings) : [];
    },
    sleep: sleepUnlessAborted,
    goOffline,
    onMishap: mishaps.note,
  });
  const kept = siteStorage();
  const shop = createShop(flakyFetch, createGuards(kept));
  const attempts = createAttempts<PaymentInput>({ storage: kept, storageKey: 'payonce.attempt', now: Date.now });
  const payment = new Payment({
    attempts,
    send: (attempt, sending) => sendPayment(shop, attempt, sending),
    lookUp: (reference, signal) => lookUpPayment(shop, reference, signal),
    onPaid: (cartId) => cart.renew(cartId),
    now: Date.now,
    tabs: createTabs({ name: 'payonce.payment.1', storage: kept }),
    isOwnCart: (cartId) => cart.getSnapshot().cartId === cartId,
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
  return { shop, flaky, mishaps, payment, cart };
}

/** Says what a browser says when its connection goes and comes back, so that whoever listens to it behaves as then. */
function goOffline(milliseconds: number): void {
  window.dispatchEvent(new Event('offline'));
  setTimeout(() => window.dispatchEvent(new Event('online')), milliseconds);
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
