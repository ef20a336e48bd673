import type { Connectivity } from '@payonce/retry';

/**
 * What the browser says of its network. Offline is a fact and online only a hope, so it is used for waiting and never
 * for giving up. Where there is no browser there is always a network.
 */
export function browserConnectivity(): Connectivity {
  return {
    isOnline: () => globalThis.navigator?.onLine !== false,
    online: (signal) =>
      new Promise((resolve) => {
        const done = () => {
          globalThis.removeEventListener('online', done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        globalThis.addEventListener('online', done);
        signal.addEventListener('abort', done);
      }),
  };
}
