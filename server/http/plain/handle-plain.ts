import { errors, shopError } from '../../errors.ts';
import { readSession, sessionCookie } from '../../session.ts';
import { explain } from '../../trpc.ts';
import { answering, type RequestLabel } from '../answering.ts';
import { guard, isSafe } from '../guard.ts';
import { AnswerHeaders, type HttpAnswer, jsonAnswer } from '../http-answer.ts';
import type { HttpRequest } from '../http-request.ts';
import type { Visit } from '../visit.ts';
import { problem, reasonIn } from './problem.ts';
import { type Call, type Method, type Resource, resourceAt } from './resource.ts';

/** The plain HTTP interface, the same behind our own server and behind Next. */
export function handlePlain(request: HttpRequest, visit: Visit): Promise<HttpAnswer> {
  const found = resourceAt(request.url.pathname, visit.shop.resources);
  return answering(request, visit.shop.tell.answered, async (label) => {
    const answer = found
      ? await answerOf(request, found, { ...visit, label })
      : problem({ reason: 'not_found', details: {} }, label.requestId);
    return { answer, operation: operationOf(request, found), reason: reasonIn(answer) };
  });
}

type Found = NonNullable<ReturnType<typeof resourceAt>>;

async function answerOf(request: HttpRequest, { resource, id }: Found, visit: Visit & { label: RequestLabel }) {
  const { shop, address, label } = visit;
  const { requestId } = label;
  const methods = methodsOf(resource);
  const guarded = await guard(request, methods);
  if (!guarded.ok) {
    const refusal = problem({ reason: guarded.reason, details: guarded.details ?? {} }, requestId);
    if (refusal.status === 405) refusal.headers.set('Allow', methods.join(', '));
    return refusal;
  }

  const session = readSession(request.headers.get('cookie'), shop.sessionKeys);
  const answer = await callResource(resource, request.method, () => ({
    principal: session.principal,
    label,
    id,
    body: guarded.body === undefined ? undefined : parseJson(guarded.body),
    request,
    admit: () => shop.newKeys.admit({ principal: session.principal, address }),
  })).catch((error: unknown) => {
    const explanation = explain(error);
    const { reason } = explanation;
    if (errors[reason].httpStatus >= 500) shop.log.error({ requestId, reason, err: error });
    return problem(explanation, requestId);
  });
  // With a failure too: a key that may be sent again must meet the same customer.
  if (session.isNew && !isSafe(request.method)) {
    answer.headers.set('Set-Cookie', sessionCookie(session.principal, shop.sessionKeys));
  }
  return answer;
}

/** `PUT /api/carts/:id`: the route and not the path, which holds what the client chose. */
function operationOf({ method }: HttpRequest, found: Found | undefined): string {
  if (!found) return 'unknown';
  return methodsOf(found.resource).includes(method) ? `${method} ${found.route}` : found.route;
}

function methodsOf(resource: Resource): readonly string[] {
  const methods = Object.keys(resource);
  return resource.GET ? ['HEAD', ...methods] : methods;
}

async function callResource(resource: Resource, method: string, callOf: () => Call): Promise<HttpAnswer> {
  const answer = resource[method === 'HEAD' ? 'GET' : (method as Method)];
  if (!answer) throw new Error(`${method} passed the guard and is not answered`);
  const reply = await answer(callOf());
  if ('body' in reply) return reply;
  const { status, json, headers = {} } = reply;
  if (json === undefined && method !== 'HEAD') return { status, headers: new AnswerHeaders(headers), body: null };
  const shown = jsonAnswer(json, { status, headers });
  return method === 'HEAD' ? { ...shown, body: null } : shown;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw shopError('malformed_request', { cause });
  }
}
