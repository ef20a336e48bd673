import { type Payonce, startPayonce } from '../test/payonce.ts';
import { test as shared } from './fixtures.ts';

/**
 * For tests that kill their shop: a Payonce of their own, one for each worker. Its leases are short, so that what was
 * killed is given up while the client still asks.
 */
export const test = shared.extend<object, { ownPayonce: Payonce }>({
  ownPayonce: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const payonce = await startPayonce({ IDEMPOTENCY_LEASE_MS: '1000' });
      await use(payonce);
      await payonce.stop();
    },
    { scope: 'worker' },
  ],
  payonce: async ({ ownPayonce }, use) => use(ownPayonce),
});
