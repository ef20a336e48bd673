import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Shop } from '../shop.ts';

/** What a handler may know of a request beside the request itself. */
export interface Visit {
  readonly shop: Shop;
  /** Of whoever asks, for the limit on new keys. */
  readonly address: string;
  /** Destroys the connection of this request. Only our own server has it in hand. */
  readonly cutSocket?: () => void;
}

export function visitOf(shop: Shop, req: IncomingMessage, res: ServerResponse): Visit {
  return { shop, address: req.socket.remoteAddress ?? 'unknown', cutSocket: () => res.destroy() };
}
