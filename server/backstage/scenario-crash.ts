import type { PaymentProvider } from '../payments/provider.ts';

/** Carts that wait for their crash. A visitor who asks and never pays must not fill the memory. */
const ARMED_MAX = 100;

export interface Crash {
  /** The payment of this cart will be charged, and then the process dies before it can write that down. */
  crashAfterCharge(cartId: string): void;
  /** The provider through which it happens. */
  around(provider: PaymentProvider): PaymentProvider;
}

/**
 * A switch of the demonstration, by which this very process can be killed at the worst moment there is: the money
 * is taken, and nobody here knows it yet. Who is armed is kept in memory, so the crash itself disarms.
 *
 * @param die is `kill -9` on this process: no handler runs, nothing is flushed.
 */
export function createCrash(die: () => void = () => process.kill(process.pid, 'SIGKILL')): Crash {
  const armedCarts = new Set<string>();
  const doomedAttempts = new Set<string>();
  return {
    crashAfterCharge(cartId) {
      const [oldest] = armedCarts;
      if (armedCarts.size >= ARMED_MAX && oldest !== undefined) armedCarts.delete(oldest);
      armedCarts.add(cartId);
    },
    around: (provider) => ({
      ...provider,
      create(intent) {
        if (armedCarts.delete(intent.cartId)) doomedAttempts.add(intent.attemptId);
        return provider.create(intent);
      },
      async confirm(intentId, key) {
        const answer = await provider.confirm(intentId, key);
        const attemptId = answer.kind === 'intent' && answer.intent.chargeId !== null ? answer.intent.attemptId : null;
        if (attemptId !== null && doomedAttempts.delete(attemptId)) die();
        return answer;
      },
    }),
  };
}

/** Killing a process that nobody starts again would end the demonstration; the supervisor keeps a channel to its own. */
export function isSupervised(): boolean {
  return process.connected === true;
}
