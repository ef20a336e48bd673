import { type AttemptStorage, createAttempts, createTabs } from '@payonce/trpc-idempotency/client';
import { v4 as uuid } from 'uuid';
import { putCart } from '../cart/save-cart.ts';
import { keptEmail } from '../checkout/kept-email.ts';
import { Payment } from '../checkout/payment.ts';
import type { PaymentAttempt, PaymentInput } from '../checkout/payment-state.ts';
import type { PaymentView } from '../checkout/payment-view.ts';
import { lookUpPayment, sendPayment } from '../checkout/send-payment.ts';
import { createFlakyFetch } from '../flaky-network/flaky-fetch.ts';
import type { Mishap } from '../flaky-network/trouble.ts';
import { createShop, type Shop } from '../trpc/create-shop.ts';
import { createGuards } from '../trpc/guards.ts';
import { createEars } from './heard-fetch.ts';
import type { Say } from './scenario.ts';
import { tellPayment } from './told-payment.ts';

export interface BuyerPorts {
  /** Where the attempt under way is kept; what two tabs share. */
  readonly storage: AttemptStorage;
  /** A new one for each run: it must not find, and not disturb, a payment of the visitor or of another run. */
  readonly storageKey: string;
  readonly say: Say;
  readonly now: () => number;
  /** Called for each request for a payment that the page makes. */
  readonly onSent: () => void;
  /** Default: the browser's. */
  readonly fetch?: typeof fetch;
}

export interface Buyer {
  readonly shop: Shop;
  /** The way by which a run is counted: past the bad network, and past a breaker that the run has opened. */
  readonly books: Shop;
  readonly say: Say;
  readonly payment: Payment;
  /** One more page of the same shop that knows nothing of the first: what a checkout without a memory is. */
  forgetfulPayment(): Payment;
  /** What was sent last, to be sent once more by somebody who should not. */
  lastAttempt(): PaymentAttempt | null;
  /** What happens to the first tries of every payment from now on. */
  meets(script: readonly Mishap[]): void;
  /** A fresh cart with one of it, and all that a Pay click would send for it. */
  wishes(sku: string, card?: string): Promise<PaymentInput>;
  leave(): void;
}

/**
 * A buyer of a scenario: the shop's own client, with a network, a memory and a cart apart from the visitor's. Nothing
 * here is a copy; what is tried out is what the checkout runs.
 */
export function createBuyer({ storage, storageKey, say, now, onSent, fetch = browserFetch }: BuyerPorts): Buyer {
  let script: readonly Mishap[] = [];
  const ears = createEars(say, onSent);
  const flaky = createFlakyFetch({ fetch: ears.below(fetch), script: () => script, sleep });
  // Guards as the shop's own, but of this run: what an earlier one has used up must not show in it.
  const shop = createShop(ears.above(flaky), createGuards(null));
  let lastAttempt: PaymentAttempt | null = null;
  const leavers: (() => void)[] = [];
  const openTabs = (shared: AttemptStorage) => {
    const name = `${storageKey}.turn`;
    const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name);
    leavers.push(
      () => channel?.close(),
      () => shared.removeItem(name),
    );
    return createTabs<PaymentView>({ name, storage: shared, channel });
  };
  const open = (memory: AttemptStorage | null) => {
    const payment = new Payment({
      attempts: createAttempts<PaymentInput>({ storage: memory, storageKey, now }),
      send: (attempt, sending) => {
        lastAttempt = attempt;
        return sendPayment(shop, attempt, sending);
      },
      lookUp: (reference, signal) => lookUpPayment(shop, reference, signal),
      onPaid: () => undefined,
      now,
      ...(memory && { tabs: openTabs(memory) }),
    });
    leavers.push(tellPayment(payment, say));
    return payment;
  };
  return {
    shop,
    books: createShop(fetch),
    say,
    payment: open(storage),
    forgetfulPayment: () => open(null),
    lastAttempt: () => lastAttempt,
    meets: (next) => {
      script = next;
    },
    async wishes(sku, card = 'pm_card_visa') {
      const cartId = uuid();
      const saved = await putCart(shop, cartId, [{ sku, quantity: 1 }]);
      if (saved.kind !== 'put') throw new Error('the shop did not take the cart');
      const { totalMinor } = await shop.checkout.quote.query({ cartId });
      const seen = { cartVersion: saved.version, expectedTotalMinor: totalMinor };
      return { cartId, ...seen, paymentMethod: card, email: keptEmail() || NOBODY };
    },
    leave() {
      for (const leave of leavers) leave();
    },
  };
}

/** For a visitor who has not paid before. No mail leaves the sandbox anyway. */
const NOBODY = 'scenario@example.com';

const browserFetch: typeof fetch = (target, init) => window.fetch(target, init);

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
