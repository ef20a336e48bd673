import { createBreaker, createRetryBudget, storedShelf, wallTime } from '@payonce/retry';
import type { RetryLinkOptions } from '@payonce/trpc-idempotency/client';

/** What keeps this page from making an outage worse. */
export type Guards = Required<Pick<RetryLinkOptions, 'budget' | 'breaker' | 'waitsForBreaker'>>;

/**
 * One breaker for the shop, and two budgets, each shared over all tabs: what screens ask for all the time must not eat
 * the retries of a payment. Who pays waits for the breaker; a screen that cannot be read says so at once.
 */
export function createGuards(storage: Pick<Storage, 'getItem' | 'setItem'> | null): Guards {
  const budgetOf = (name: string) =>
    createRetryBudget({ shelf: storedShelf(storage, `payonce.retries.${name}`), now: wallTime });
  const [payments, reads] = [budgetOf('payments'), budgetOf('reads')];
  const isOfPayment = (path: string) => OF_PAYMENT.has(path);
  return {
    budget: ({ path }) => (isOfPayment(path) ? payments : reads),
    breaker: createBreaker(),
    waitsForBreaker: ({ path }) => isOfPayment(path),
  };
}

const OF_PAYMENT: ReadonlySet<string> = new Set(['checkout.pay', 'checkout.payUnprotected', 'checkout.status']);
