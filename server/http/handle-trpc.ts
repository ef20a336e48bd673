import { idempotentPaths } from '@payonce/trpc-idempotency/trpc';
import { resolveResponse } from '@trpc/server/http';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { BUYER_HEADER, buyerOf } from '../backstage/scenario-buyer.ts';
import { createContext } from '../context.ts';
import { errors, type Reason, type ShopErrorDetails } from '../errors.ts';
import { readSession, type Session, sessionCookie } from '../session.ts';
import type { Shop } from '../shop.ts';
import { errorData, explain } from '../trpc.ts';
import { answering, type RequestLabel } from './answering.ts';
import { guard, isSafe } from './guard.ts';
import { AnswerHeaders, answerFrom, type HttpAnswer, jsonAnswer } from './http-answer.ts';
import type { HttpRequest, RequestHeaders } from './http-request.ts';
import { isLocalVisitor } from './local-visitor.ts';
import { setExplanationHeaders } from './our-headers.ts';
import type { Visit } from './visit.ts';

export const TRPC_ENDPOINT = '/api/trpc';

const METHODS = ['GET', 'HEAD', 'POST'];

/** Queries of one screen; without a bound one request could hold two thousand. */
const BATCH_MAX = 10;

/** The tRPC endpoint, the same behind our own server and behind Next. */
export function handleTrpc(request: HttpRequest, visit: Visit): Promise<HttpAnswer> {
  const path = pathIn(request.url);
  return answering(request, visit.shop.tell.answered, async (label) => {
    const judged = await judge(request, path, visit.shop);
    const operation = operationAt(path, visit.shop);
    if (judged.kind === 'refused') {
      return { operation, reason: judged.reason, answer: refusal(judged, { path, requestId: label.requestId }) };
    }
    const caller = callerOf(judged.call, visit.shop);
    const payment = visit.shop.replays.payment({ ...judged.call, principal: caller.buyer.principal, operation });
    const known = payment && visit.shop.replays.find(payment, label);
    if (known) return { operation, ...known };
    const { answer, reason, isBegun } = await callRouter(judged.call, caller, { visit, label });
    if (payment) visit.shop.replays.keep(payment, { answer, reason });
    if (isBegun || reason === null) return { operation, reason, answer };
    return { operation, reason, answer: refusal({ reason, details: {} }, { path, requestId: label.requestId }) };
  });
}

/** What tRPC reads of a fetch `Request` once the guard has let nothing but JSON through. */
interface Call extends Pick<HttpRequest, 'method' | 'headers' | 'signal'> {
  readonly url: string;
  readonly path: string;
  /** Undefined when there is none, and of a batch, which is no single call. */
  readonly body: string | undefined;
  json(): Promise<unknown>;
}

type Judged =
  | { readonly kind: 'refused'; readonly reason: Reason; readonly details: ShopErrorDetails }
  | { readonly kind: 'taken'; readonly call: Call };

/** What is wrong with the HTTP request as a whole: where something is, none of its calls may run. */
async function judge(request: HttpRequest, path: string | undefined, shop: Shop): Promise<Judged> {
  const refuse = (reason: Reason, details: ShopErrorDetails = {}) => ({ kind: 'refused', reason, details }) as const;
  const guarded = await guard(request, METHODS);
  if (!guarded.ok) return refuse(guarded.reason, guarded.details);
  const calls = path?.split(',');
  if (calls === undefined || calls.length > BATCH_MAX) return refuse('invalid_input');
  if (calls.length > 1 || isStreamed(request.headers)) {
    const keyed = idempotentPaths(shop.router);
    if (calls.some((call) => keyed.has(call))) return refuse('batch_not_allowed');
  }
  const { method, headers, signal, url } = request;
  const json = async (): Promise<unknown> => JSON.parse(guarded.body ?? '');
  const body = url.search === '' ? guarded.body : undefined;
  return { kind: 'taken', call: { method, headers, signal, url: url.href, path: encodedPathIn(url), body, json } };
}

/** As tRPC reads it. Such an answer has its status and headers before its calls are carried out, and a keyed one needs its own. */
function isStreamed(headers: RequestHeaders): boolean {
  return [headers.get('trpc-accept'), headers.get('accept')].some((accept) => accept?.includes('application/jsonl'));
}

/** Whose session it is, and who pays: in the demonstration a browser can be a second buyer. */
interface TrpcCaller {
  readonly session: Session;
  readonly buyer: Session;
}

function callerOf({ headers }: Call, { sessionKeys, env }: Shop): TrpcCaller {
  const session = readSession(headers.get('cookie'), sessionKeys);
  return { session, buyer: buyerOf(session, headers.get(BUYER_HEADER), env.isDemo) };
}

/** `isBegun`: tRPC came as far as a context. What it refuses before that has no request id and says it is plain text. */
async function callRouter(
  { path, ...call }: Call,
  { session, buyer }: TrpcCaller,
  { visit, label }: { readonly visit: Visit; readonly label: RequestLabel },
): Promise<{ readonly answer: HttpAnswer; readonly reason: Reason | null; readonly isBegun: boolean }> {
  const { shop, address } = visit;
  const { method, headers } = call;
  let reason: Reason | null = null;
  let isBegun = false;
  // What tRPC makes a Response of, as to read it out of there again costs as much as a query of the database.
  let text: string | undefined;
  // They join the answer behind tRPC, which would take each of them through two lists of fetch's.
  const responseHeaders = new AnswerHeaders();
  const response = await resolveResponse({
    // Of a Request it reads no more than this, which the tests of the endpoint hold it to.
    req: call as unknown as Request,
    path,
    error: null,
    router: shop.router,
    maxBatchSize: BATCH_MAX,
    async createContext({ info }) {
      isBegun = true;
      // A GET that names a mutation is refused, and is no reason to make somebody a new customer.
      if (session.isNew && info?.type === 'mutation' && !isSafe(method)) {
        responseHeaders.set('Set-Cookie', sessionCookie(session.principal, shop.sessionKeys));
      }
      return createContext({
        session: buyer,
        label,
        idempotencyKeyHeader: headers.get('idempotency-key'),
        isLocal: isLocalVisitor(headers, address),
        responseHeaders,
        admit: () => shop.newKeys.admit({ principal: buyer.principal, address }),
      });
    },
    responseMeta({ data: [said], info, eagerGeneration, errors: [failure] }) {
      // Of a stream it is nothing yet, and of a batch it may be all of it or one error for all.
      if (!eagerGeneration && info?.isBatchCall !== true) text = JSON.stringify(said);
      if (failure) {
        const explanation = explain(failure);
        reason = explanation.reason;
        if (!responseHeaders.has('Retry-After')) setExplanationHeaders(responseHeaders, explanation);
      }
      return {};
    },
    onError({ error, path: failed }) {
      const { reason } = explain(error);
      const { requestId } = label;
      if (errors[reason].httpStatus < 500) return;
      shop.log.error({ requestId, path: failed, reason, err: error.cause ?? error });
    },
  });
  return { answer: await answerFrom(response, { headers: responseHeaders, text }), reason, isBegun };
}

/** The procedure, if there is one of that name: what does not exist must not be a name in a list that never ends. */
function operationAt(path: string | undefined, { router }: Shop): string {
  if (path === undefined) return 'unknown';
  if (path.includes(',')) return 'batch';
  return Object.hasOwn(router._def.procedures, path) ? path : 'unknown';
}

/** The procedures that tRPC will find, joined by commas; undefined when they cannot be decoded. */
function pathIn(url: URL): string | undefined {
  try {
    return decodeURIComponent(encodedPathIn(url));
  } catch {
    return undefined;
  }
}

/** Slashes at the ends are no part of it. */
function encodedPathIn({ pathname }: URL): string {
  return pathname.slice(TRPC_ENDPOINT.length).replaceAll(/^\/|\/+$/g, '');
}

/** An answer from before tRPC, in the shape that tRPC gives its own. */
function refusal(
  explanation: { readonly reason: Reason; readonly details: ShopErrorDetails },
  { path, requestId }: { readonly path: string | undefined; readonly requestId: string },
): HttpAnswer {
  const { httpStatus, trpcCode, message } = errors[explanation.reason];
  const error = {
    message,
    code: TRPC_ERROR_CODES_BY_KEY[trpcCode],
    data: errorData(explanation, { path, requestId }),
  };
  const answer = jsonAnswer({ error }, { status: httpStatus });
  if (httpStatus === 405) answer.headers.set('Allow', METHODS.join(', '));
  setExplanationHeaders(answer.headers, explanation);
  return answer;
}
