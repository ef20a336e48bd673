import { handleTrpc } from '#server/http/handle-trpc.ts';
import { toFetch } from '#server/http/http-answer.ts';
import { fromFetch } from '#server/http/http-request.ts';
import { theShop } from '#server/the-shop.ts';
import { addressOf } from '../../address-of.ts';

/** The same handler that our own server binds, for where there is no custom server. */
async function handler(request: Request): Promise<Response> {
  return toFetch(await handleTrpc(fromFetch(request), { shop: await theShop(), address: addressOf(request) }));
}

export { handler as GET, handler as HEAD, handler as POST };
