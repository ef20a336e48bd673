/** One line as the client keeps it: prices and names come from the server. */
export interface CartLine {
  readonly sku: string;
  readonly quantity: number;
}

/** What the last change came to. `locked`: refused, because this cart is being paid. `ordered`: it was paid already. */
export type CartSaving = 'saved' | 'saving' | 'failed' | 'locked' | 'ordered';

export interface CartState {
  readonly cartId: string;
  /** The server's version of what is saved; null before the first save. */
  readonly version: number | null;
  readonly lines: readonly CartLine[];
  readonly saving: CartSaving;
}

/** The server's word on one `cart.put`. */
export type PutOutcome =
  | { readonly kind: 'put'; readonly version: number; readonly lines: readonly CartLine[] }
  | { readonly kind: 'locked' }
  | { readonly kind: 'ordered' }
  | { readonly kind: 'failed' };

interface CartPorts {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly newId: () => string;
  readonly put: (cartId: string, lines: readonly CartLine[]) => Promise<PutOutcome>;
  /** The lines as the server has them, or null when it does not answer. */
  readonly fetchLines: (cartId: string) => Promise<readonly CartLine[] | null>;
  /** False while a payment of this cart is under way or its outcome unknown. */
  readonly mayEdit: () => boolean;
}

/** As many of one thing as the server takes. */
const QUANTITY_MAX = 99;

/**
 * The cart: changed here at once, saved behind it. A save carries the whole cart with absolute quantities, so one that
 * is lost or sent twice does no harm, and only the newest is worth sending: there is one under way at most.
 */
export function createCart(ports: CartPorts) {
  let state = load(ports);
  let running: Promise<void> | null = null;
  const listeners = new Set<() => void>();

  function become(change: Partial<CartState>) {
    state = { ...state, ...change };
    store(ports.storage, state);
    for (const listener of listeners) listener();
  }

  async function saveUntilSettled() {
    while (state.saving === 'saving') {
      const sent = state;
      const outcome = await ports.put(sent.cartId, sent.lines);
      if (state.cartId !== sent.cartId) continue;
      const newer = state.lines !== sent.lines;
      switch (outcome.kind) {
        case 'put':
          become({ version: outcome.version, saving: newer ? 'saving' : 'saved' });
          break;
        case 'failed':
          if (!newer) become({ saving: 'failed' });
          break;
        case 'locked':
          become({ lines: (await ports.fetchLines(sent.cartId)) ?? sent.lines, saving: 'locked' });
          break;
        case 'ordered':
          become({ ...empty(ports), saving: 'ordered' });
          break;
      }
    }
  }

  function save(): Promise<void> {
    running ??= saveUntilSettled().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => state,
    /** Sets one line to an absolute quantity; 0 takes it out. */
    setQuantity(sku: string, quantity: number) {
      if (!ports.mayEdit()) return become({ saving: 'locked' });
      become({ lines: withQuantity(state.lines, sku, quantity), saving: 'saving' });
      void save();
    },
    /** Sends the cart again: after a failed save, or after a reload that came between a change and its save. */
    retry() {
      become({ saving: 'saving' });
      return save();
    },
    /** A new, empty cart: after it was paid, so that nothing armed with the old one is left. */
    renew(paidCartId: string) {
      if (state.cartId === paidCartId) become(empty(ports));
    },
    /** Another tab changed the cart. */
    reload() {
      state = load(ports);
      for (const listener of listeners) listener();
    },
  };
}

export const CART_STORAGE_KEY = 'payonce.cart';

export function countItems(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

function withQuantity(lines: readonly CartLine[], sku: string, quantity: number): readonly CartLine[] {
  const wanted = Math.min(quantity, QUANTITY_MAX);
  if (wanted <= 0) return lines.filter((line) => line.sku !== sku);
  if (!lines.some((line) => line.sku === sku)) return [...lines, { sku, quantity: wanted }];
  return lines.map((line) => (line.sku === sku ? { sku, quantity: wanted } : line));
}

function empty(ports: CartPorts): CartState {
  return { cartId: ports.newId(), version: null, lines: [], saving: 'saved' };
}

function load(ports: CartPorts): CartState {
  try {
    const kept: unknown = JSON.parse(ports.storage.getItem(CART_STORAGE_KEY) ?? 'null');
    if (isKept(kept)) {
      const { cartId, version, lines, unsaved } = kept;
      return { cartId, version, lines, saving: unsaved ? 'failed' : 'saved' };
    }
  } catch {
    // Storage that is forbidden or holds something else is the same as an empty cart.
  }
  return empty(ports);
}

function store(storage: CartPorts['storage'], { cartId, version, lines, saving }: CartState) {
  const unsaved = saving === 'saving' || saving === 'failed';
  try {
    storage.setItem(CART_STORAGE_KEY, JSON.stringify({ cartId, version, lines, unsaved }));
  } catch {
    // A full or forbidden storage costs the cart its memory over a reload, not its use.
  }
}

type KeptCart = Pick<CartState, 'cartId' | 'version' | 'lines'> & { readonly unsaved: boolean };

function isKept(value: unknown): value is KeptCart {
  if (typeof value !== 'object' || value === null) return false;
  const { cartId, version, lines } = value as Partial<KeptCart>;
  if (typeof cartId !== 'string' || !(version === null || typeof version === 'number') || !Array.isArray(lines)) {
    return false;
  }
  return lines.every((line) => typeof line?.sku === 'string' && Number.isInteger(line?.quantity) && line.quantity > 0);
}
