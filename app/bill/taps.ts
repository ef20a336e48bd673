/** Kept for the tab alone: a reload in the middle of a payment must not make the taps before it look like none. */
const STORAGE_KEY = 'payonce.taps';

interface Taps {
  readonly cartId: string;
  readonly count: number;
}

const listeners = new Set<() => void>();
let latest: Taps | null | undefined;

/** Every tap on Pay, also those that found the payment under way. Only the browser can count them. */
export function countTap(cartId: string): void {
  latest = { cartId, count: tapsOf(cartId) + 1 };
  try {
    window.sessionStorage.setItem(STORAGE_KEY, JSON.stringify(latest));
  } catch {
    // Storage that is full or forbidden: the count lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/** Of the cart that was paid last; 0 for every other, of which this tab knows nothing. */
export function tapsOf(cartId: string | null): number {
  latest ??= kept();
  return latest?.cartId === cartId ? latest.count : 0;
}

export function onTap(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function kept(): Taps | null {
  try {
    const found: unknown = JSON.parse(window.sessionStorage.getItem(STORAGE_KEY) ?? 'null');
    return isTaps(found) ? found : null;
  } catch {
    return null;
  }
}

function isTaps(found: unknown): found is Taps {
  return typeof found === 'object' && found !== null && 'cartId' in found && 'count' in found;
}
