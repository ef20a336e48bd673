import { type Cart, findCart } from '#db/carts.ts';
import { shopError } from '../errors.ts';
import { etagOf, preconditionOf } from '../http/plain/precondition.ts';
import type { Reply, Resource } from '../http/plain/resource.ts';
import { readInput } from '../read-input.ts';
import { type CartStorage, putCart } from './put-cart.ts';
import { removeCart } from './remove-cart.ts';
import { cartBody, cartRef } from './schema.ts';

/** A cart at an id that the client chose, so that no method needs a key: each can be sent again as it is. */
export function cartResource(storage: CartStorage): Resource {
  return {
    async GET({ principal, id, request: { headers } }) {
      const cart = await findCart(storage.database.reader, { principal, ...cartAt(id) });
      if (!cart) throw shopError('not_found');
      const isKnown = headers.has('if-none-match') && !preconditionOf(headers)(cart.version);
      return isKnown ? { status: 304, headers: { ETag: etagOf(cart.version) } } : shown(200, cart);
    },

    async PUT({ principal, id, body, request: { headers } }) {
      const change = { ...cartAt(id), ...readInput(cartBody, body), isExpected: preconditionOf(headers) };
      const { cart, isNew } = await putCart(principal, change, storage);
      return shown(isNew ? 201 : 200, cart);
    },

    async DELETE({ principal, id, request: { headers } }) {
      await removeCart(principal, { ...cartAt(id), isExpected: preconditionOf(headers) }, storage);
      return { status: 204 };
    },
  };
}

const cartAt = (id: string) => readInput(cartRef, { cartId: id });

function shown(status: 200 | 201, { cartId, version, lines }: Cart): Reply {
  return {
    status,
    json: { cartId, version, lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) },
    headers: { ETag: etagOf(version) },
  };
}
