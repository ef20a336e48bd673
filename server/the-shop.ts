import { readEnv } from './env.ts';
import type { Shop } from './shop.ts';

/**
 * The shop of this process, for what Next runs: a page, a route. Next loads its bundles more than once, and two
 * writers would wait for each other, so there is one whoever asks: our own server's, or one that is opened here.
 */
export function theShop(): Promise<Shop> {
  ofProcess.payonceShop ??= openHere();
  return ofProcess.payonceShop;
}

/** Our own server has opened one, and it is everybody's. */
export function shareShop(shop: Shop): void {
  ofProcess.payonceShop = Promise.resolve(shop);
}

const ofProcess = globalThis as { payonceShop?: Promise<Shop> };

async function openHere(): Promise<Shop> {
  const { openShop } = await import('./shop.ts');
  const shop = await openShop(readEnv());
  // Next waits for open connections when it is told to stop, and a stream would stay open.
  process.once('SIGTERM', () => shop.closeWatches());
  return shop;
}
