import { type Connectivity, type Sleep, sleep } from '@payonce/retry';

/**
 * What the browser says of its connection, taken as a hint. Only a change is believed: `navigator.onLine` is false on
 * a machine without a network, where a shop on the same machine works all the same, as the page itself has shown.
 * Undefined where there is no window.
 */
export function browserConnectivity({
  page = globalThis.window,
  wait = sleep,
}: BrowserPorts = {}): Connectivity | undefined {
  if (!page) return undefined;
  let online = true;
  const back = new EventTarget();
  page.addEventListener('offline', () => {
    online = false;
  });
  page.addEventListener('online', () => {
    online = true;
    back.dispatchEvent(new Event('online'));
  });
  return {
    isOnline: () => online,
    async online(signal) {
      const over = new AbortController();
      const end = () => over.abort();
      back.addEventListener('online', end);
      signal.addEventListener('abort', end);
      if (signal.aborted || online) end();
      await wait(DISBELIEF_MS, over.signal);
      back.removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      // The browser may be wrong, so at last a call is tried. Until the next change it is not believed again.
      if (!signal.aborted) online = true;
    },
  };
}

export interface BrowserPorts {
  readonly page?: Pick<EventTarget, 'addEventListener'> | undefined;
  readonly wait?: Sleep;
}

/** Long enough for a tunnel or a change of cells, short enough that a wrong hint does not look like a frozen shop. */
const DISBELIEF_MS = 15_000;
