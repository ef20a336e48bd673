/**
 * How to add a case. A test gets its own browser context, so it is a customer of its own in a shop that all tests share.
 *
 *   import { test } from './fixtures.ts';
 *
 *   test('charges once when two answers are lost', async ({ shop, network, truth }) => {
 *     network.loseResponses(2); //  or network.loseRequests(n), network.duplicate(); used up in this order
 *     await shop.fillCheckout(); // from the catalogue to a filled-in checkout
 *     await shop.pay();
 *     await shop.showsReceipt();
 *     await truth.isPaidOnce(); //  asks the database and the provider's ledger, never the page
 *   });
 */
import { randomUUID } from 'node:crypto';
import { test as base, expect, type Page } from '@playwright/test';
import type { PayonceAddress } from '../test/payonce.ts';
import { Database } from './database.ts';
import { Network } from './network.ts';
import { type Fault, Provider } from './provider.ts';
import { sharedPayonce } from './run-payonce.ts';
import { ShopPage } from './shop-page.ts';
import { Truth } from './truth.ts';

export interface Buyer {
  readonly shop: ShopPage;
  readonly network: Network;
  readonly truth: Truth;
}

interface Fixtures extends Buyer {
  /** The Payonce that all tests share, unless a test brings its own. */
  payonce: PayonceAddress;
  /** A second customer in a browser of their own. */
  secondBuyer: Buyer;
  buyer: Buyer;
  database: Database;
  provider: Provider;
  /** Makes the outside world fail; each fault ends with its test. */
  sandbox: { fault(fault: Fault): Promise<void> };
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  payonce: async ({}, use) => use(sharedPayonce()),
  baseURL: async ({ payonce }, use) => use(payonce.shopUrl),
  buyer: async ({ page, database, provider }, use) => use(await buyerAt(page, { database, provider })),
  shop: async ({ buyer }, use) => use(buyer.shop),
  network: async ({ buyer }, use) => use(buyer.network),
  truth: async ({ buyer }, use) => use(buyer.truth),
  secondBuyer: async ({ browser, contextOptions, payonce, database, provider }, use) => {
    const context = await browser.newContext({ ...contextOptions, baseURL: payonce.shopUrl });
    await use(await buyerAt(await context.newPage(), { database, provider }));
    await context.close();
  },
  database: async ({ payonce }, use) => {
    const database = new Database(payonce.databaseFile);
    await use(database);
    database.close();
  },
  provider: async ({ payonce }, use) => use(new Provider(payonce.sandboxUrl)),
  sandbox: async ({ provider }, use) => {
    const ends: (() => Promise<void>)[] = [];
    await use({ fault: async (fault) => void ends.push(await provider.fault(fault)) });
    for (const end of ends) await end();
  },
});

export { expect };

interface World {
  readonly database: Database;
  readonly provider: Provider;
}

/** The address is nobody else's: what is bought, charged and mailed for it belongs to this buyer. */
async function buyerAt(page: Page, world: World): Promise<Buyer> {
  const email = `buyer-${randomUUID()}@example.com`;
  const network = await Network.between(page);
  return { shop: new ShopPage(page, email), network, truth: new Truth({ ...world, network, email }) };
}
