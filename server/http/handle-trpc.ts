import { idempotentPaths } from '@payonce/trpc-idempotency/trpc';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { BUYER_HEADER, buyerOf } from '../backstage/scenario-buyer.ts';
import { createContext } from '../context.ts';
import { errors, type Reason, type ShopErrorDetails } from '../errors.ts';
import { readSession, sessionCookie } from '../session.ts';
import type { Shop } from '../shop.ts';
import { errorData, explain } from '../trpc.ts';
import { answering } from './answering.ts';
import { guard, isSafe } from './guard.ts';
import { isLocalVisitor } from './local-visitor.ts';
import { setExplanationHeaders } from './our-headers.ts';
import type { Visit } from './visit.ts';

export const TRPC_ENDPOINT = '/api/trpc';

const METHODS = ['GET', 'HEAD', 'POST'];

/** Queries of one screen; without a bound one request could hold two thousand. */
const BATCH_MAX = 10;

/** The tRPC endpoint, the same behind our own server and behind Next. */
export function handleTrpc(request: Request, visit: Visit): Promise<Response> {
  const paths = pathsOf(request);
  return answering(request, visit.shop.tell.answered, async (requestId) => {
    const refused = await refusalOf(request, paths, visit.shop);
    const operation = operationOf(paths, visit.shop);
    if (refused.kind === 'refused') {
      const { reason } = refused;
      return { operation, reason, response: refusal(refused, { paths: paths ?? [], requestId }) };
    }
    return { operation, ...(await callRouter(request, refused.body, { ...visit, requestId })) };
  });
}

type Judged =
  | { readonly kind: 'refused'; readonly reason: Reason; readonly details: ShopErrorDetails }
  | { readonly kind: 'taken'; readonly body: string | undefined };

/** What is wrong with the HTTP request as a whole: where something is, none of its calls may run. */
async function refusalOf(request: Request, paths: readonly string[] | undefined, shop: Shop): Promise<Judged> {
  const refuse = (reason: Reason, details: ShopErrorDetails = {}) => ({ kind: 'refused', reason, details }) as const;
  const guarded = await guard(request, METHODS);
  if (!guarded.ok) return refuse(guarded.reason, guarded.details);
  if (paths === undefined || paths.length > BATCH_MAX) return refuse('invalid_input');
  const keyed = idempotentPaths(shop.router);
  if (paths.length > 1 && paths.some((path) => keyed.has(path))) return refuse('batch_not_allowed');
  return { kind: 'taken', body: guarded.body };
}

async function callRouter(
  request: Request,
  body: string | undefined,
  { shop, address, requestId }: Visit & { readonly requestId: string },
): Promise<{ readonly response: Response; readonly reason: Reason | null }> {
  const session = readSession(request.headers.get('cookie'), shop.sessionKeys);
  const buyer = buyerOf(session, request.headers.get(BUYER_HEADER), shop.env.isDemo);
  let reason: Reason | null = null;
  const response = await fetchRequestHandler({
    endpoint: TRPC_ENDPOINT,
    req: withBody(request, body),
    router: shop.router,
    maxBatchSize: BATCH_MAX,
    createContext({ info }) {
      const context = createContext({
        session: buyer,
        requestId,
        idempotencyKeyHeader: request.headers.get('idempotency-key'),
        attemptHeader: request.headers.get('payonce-attempt'),
        isLocal: isLocalVisitor(request.headers, address),
        admit: () => shop.newKeys.admit({ principal: buyer.principal, address }),
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
      if (!failure) return { headers };
      const explanation = explain(failure);
      reason = explanation.reason;
      if (!headers.has('Retry-After')) setExplanationHeaders(headers, explanation);
      return { headers };
    },
    onError({ error, path }) {
      const { reason } = explain(error);
      if (errors[reason].httpStatus >= 500) shop.log.error({ requestId, path, reason, err: error.cause ?? error });
    },
  });
  return { response, reason };
}

/** The procedure, if there is one of that name: what does not exist must not be a name in a list that never ends. */
function operationOf(paths: readonly string[] | undefined, { router }: Shop): string {
  const [path = '', second] = paths ?? [];
  if (second !== undefined) return 'batch';
  return Object.hasOwn(router._def.procedures, path) ? path : 'unknown';
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
  return response;
}
