import type { Reason, ShopErrorDetails } from '../errors.ts';
import { BodyCutError, type HttpRequest, type RequestHeaders } from './http-request.ts';

/** A cart of twenty lines is 2 KB; ten times that is room, and a megabyte is an attack. */
const BODY_BYTES_MAX = 32 * 1024;

export type Guarded =
  | { readonly ok: true; readonly body: string | undefined }
  | { readonly ok: false; readonly reason: Reason; readonly details?: ShopErrorDetails };

const refuse = (reason: Reason): Guarded => ({ ok: false, reason });

/**
 * What is checked before a request means anything, so that none of it can cost more than reading it. The order is
 * from the cheapest to the dearest: method, origin, type, size.
 *
 * @param methods that are answered at the request's path.
 */
export async function guard(request: HttpRequest, methods: readonly string[]): Promise<Guarded> {
  if (!methods.includes(request.method)) return refuse('method_not_allowed');
  if (isSafe(request.method)) return { ok: true, body: undefined };
  if (isCrossSite(request.headers)) return refuse('cross_site');
  // The path says all there is to say; a body would mean nothing, so it is not read.
  if (request.method === 'DELETE') return { ok: true, body: undefined };

  // tRPC would run a mutation that takes no input for a form as well, and a form needs nobody's permission to post.
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') return refuse('unsupported_media_type');

  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES_MAX) return refuse('body_too_large');
  try {
    const body = await request.readText(BODY_BYTES_MAX);
    return body === undefined ? refuse('body_too_large') : { ok: true, body };
  } catch (error) {
    if (error instanceof BodyCutError) return refuse('malformed_request');
    throw error;
  }
}

/** Safe in the sense of RFC 9110: it asks, and changes nothing. */
export function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** A browser says where a request comes from. Who says nothing is no browser, and then there is no one to be tricked. */
function isCrossSite(headers: RequestHeaders): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin';
  const origin = headers.get('origin');
  if (origin === null) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.get('host');
}
