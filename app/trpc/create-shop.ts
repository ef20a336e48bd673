import { idempotencyHeaders, retryLink } from '@payonce/trpc-idempotency/client';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '#server/root.ts';
import type { Guards } from './guards.ts';

export type Shop = ReturnType<typeof createShop>;

/**
 * The way to the shop. The retry link is the only layer that sends anything twice; calls are never batched, because
 * one header cannot name two keys and a slow answer should not hold up the others. `guards` bound what it adds to an
 * outage; who makes several clients on one page gives them the same.
 */
export function createShop(fetch: typeof globalThis.fetch, guards: Partial<Guards> = {}) {
  return createTRPCClient<AppRouter>({
    links: [
      retryLink({ ...guards, alsoRetry: ({ path }) => REPEATED_WITHOUT_KEY.has(path) }),
      httpLink({
        url: '/api/trpc',
        // tRPC types its own subset of fetch's options; in a browser they are what fetch takes.
        fetch: (target, init) => fetch(target, init as RequestInit),
        headers: idempotencyHeaders,
      }),
    ],
  });
}

/**
 * A cart is put whole and removed for good, so once is the same as twice. A payment is not: only the demonstration
 * repeats one that has no key, and this is what it demonstrates.
 */
const REPEATED_WITHOUT_KEY: ReadonlySet<string> = new Set(['cart.put', 'cart.remove', 'checkout.payUnprotected']);
