import { readEnv } from './env.ts';
import type { AnswerFetch } from './http/answer-fetch.ts';
import type { Shop } from './shop.ts';

export interface OpenShop {
  readonly shop: Shop;
  readonly answer: AnswerFetch;
}

/**
 * The shop of this process, for what Next runs: a page, a route. Next loads its bundles more than once, and two
 * writers would wait for each other, so there is one whoever asks: our own server's, or one that is opened here.
 *
 * A route is answered by the code of the bundle that opened the shop: of each class of ours, such as an error, every
 * bundle has its own, and none knows another's.
 */
export function theShop(): Promise<OpenShop> {
  ofProcess.payonceShop ??= openHere();
  return ofProcess.payonceShop;
}

/** Our own server has opened one, and it is everybody's. */
export function shareShop(open: OpenShop): void {
  ofProcess.payonceShop = Promise.resolve(open);
}

const ofProcess = globalThis as { payonceShop?: Promise<OpenShop> };

async function openHere(): Promise<OpenShop> {
  const [{ openShop }, { answerFetch }] = await Promise.all([import('./shop.ts'), import('./http/answer-fetch.ts')]);
  const shop = await openShop(readEnv());
  // Next waits for open connections when it is told to stop, and a stream would stay open.
  process.once('SIGTERM', () => shop.closeWatches());
  return { shop, answer: answerFetch(shop) };
}
