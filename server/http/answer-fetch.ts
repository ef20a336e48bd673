import type { Shop } from '../shop.ts';
import { toFetch } from './http-answer.ts';
import { fromFetch } from './http-request.ts';
import { interfaceAt } from './interfaces.ts';

export type AnswerFetch = (request: Request) => Promise<Response>;

/** The shop's interfaces for where there is no custom server: what answers behind our own, from `Request` to `Response`. */
export function answerFetch(shop: Shop): AnswerFetch {
  return async (request) => {
    const handler = interfaceAt(request.url, { shop, address: addressOf(request) });
    return handler ? toFetch(await handler(fromFetch(request))) : new Response(null, { status: 404 });
  };
}

/** Whoever sent a request, as the proxy in front says. */
function addressOf({ headers }: Request): string {
  return headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? 'unknown';
}
