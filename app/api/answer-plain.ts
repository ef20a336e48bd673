import { toFetch } from '#server/http/http-answer.ts';
import { fromFetch } from '#server/http/http-request.ts';
import { handlePlain } from '#server/http/plain/handle-plain.ts';
import { theShop } from '#server/the-shop.ts';
import { addressOf } from './address-of.ts';

/** The same handler that our own server binds, for where there is no custom server. */
export async function answerPlain(request: Request): Promise<Response> {
  return toFetch(await handlePlain(fromFetch(request), { shop: await theShop(), address: addressOf(request) }));
}
