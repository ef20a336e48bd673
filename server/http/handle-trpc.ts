import { randomUUID } from 'node:crypto';
import { idempotentPaths } from '@payonce/trpc-idempotency/trpc';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { createContext } from '../context.ts';
import { errors, type Reason, type ShopErrorDetails } from '../errors.ts';
import { readSession, sessionCookie } from '../session.ts';
import type { Shop } from '../shop.ts';
import { errorData, explain } from '../trpc.ts';
import { guard, isSafe } from './guard.ts';
import { setExplanationHeaders, withOurHeaders } from './our-headers.ts';

export const TRPC_ENDPOINT = '/api/trpc';

const METHODS = ['GET', 'HEAD', 'POST'];

/** Queries of one screen; without a bound one request could hold two thousand. */
const BATCH_MAX = 10;

/**
 * The tRPC endpoint, the same behind our own server and behind Next.
 *
 * @param address of whoever sent it, for the limit on new keys.
 */
export async function handleTrpc(
  request: Request,
  { shop, address }: { readonly shop: Shop; readonly address: string },
): Promise<Response> {
  const requestId = randomUUID();
  const paths = pathsOf(request);
  const answer = (reason: Reason, details: ShopErrorDetails = {}) =>
    refusal({ reason, details }, { paths: paths ?? [], requestId });

  const guarded = await guard(request, METHODS);
  if (!guarded.ok) return answer(guarded.reason, guarded.details);
  if (paths === undefined || paths.length > BATCH_MAX) return answer('invalid_input');
  // Judged for the HTTP request as a whole: the other calls in it must not run either.
  const keyed = idempotentPaths(shop.router);
  if (paths.length > 1 && paths.some((path) => keyed.has(path))) return answer('batch_not_allowed');

  const session = readSession(request.headers.get('cookie'), shop.sessionKeys);
  const response = await fetchRequestHandler({
    endpoint: TRPC_ENDPOINT,
    req: withBody(request, guarded.body),
    router: shop.router,
    maxBatchSize: BATCH_MAX,
    createContext({ info }) {
      const context = createContext({
        session,
        requestId,
        idempotencyKeyHeader: request.headers.get('idempotency-key'),
        admit: () => shop.newKeys.admit({ principal: session.principal, address }),
      });
      // A GET that names a mutation is refused, and is no reason to make somebody a new customer.
      if (session.isNew && info.type === 'mutation' && !isSafe(request.method)) {
        context.responseHeaders.append('Set-Cookie', sessionCookie(session.principal, shop.sessionKeys));
      }
      return context;
    },
    responseMeta: ({ ctx, errors: failures }) => {
      const headers = new Headers(ctx?.responseHeaders);
      const [failure] = failures;
      if (failure && !headers.has('Retry-After')) setExplanationHeaders(headers, explain(failure));
      return { headers };
    },
    onError({ error, path }) {
      const { reason } = explain(error);
      if (errors[reason].httpStatus >= 500) shop.log.error({ requestId, path, reason, err: error.cause ?? error });
    },
  });
  return withOurHeaders(response, requestId);
}

/** The procedures that tRPC will find in the path, or undefined when it cannot be decoded. */
function pathsOf(request: Request): readonly string[] | undefined {
  // As tRPC reads it: slashes at the ends are no part of it, and any character may come encoded.
  const path = new URL(request.url).pathname.slice(TRPC_ENDPOINT.length).replaceAll(/^\/|\/+$/g, '');
  try {
    return decodeURIComponent(path).split(',');
  } catch {
    return undefined;
  }
}

function withBody(request: Request, body: string | undefined): Request {
  return body === undefined
    ? request
    : new Request(request.url, { method: request.method, headers: request.headers, body });
}

/** An answer from before tRPC, in the shape that tRPC gives its own. */
function refusal(
  explanation: { readonly reason: Reason; readonly details: ShopErrorDetails },
  { paths, requestId }: { readonly paths: readonly string[]; readonly requestId: string },
): Response {
  const { httpStatus, trpcCode, message } = errors[explanation.reason];
  const error = {
    message,
    code: TRPC_ERROR_CODES_BY_KEY[trpcCode],
    data: errorData(explanation, { path: paths.join(','), requestId }),
  };
  const response = Response.json({ error }, { status: httpStatus });
  if (httpStatus === 405) response.headers.set('Allow', METHODS.join(', '));
  setExplanationHeaders(response.headers, explanation);
  return withOurHeaders(response, requestId);
}
