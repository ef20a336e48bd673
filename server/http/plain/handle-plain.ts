import { errors, shopError } from '../../errors.ts';
import { readSession, sessionCookie } from '../../session.ts';
import { explain } from '../../trpc.ts';
import { answering, type RequestLabel } from '../answering.ts';
import { guard, isSafe } from '../guard.ts';
import type { HttpRequest } from '../http-request.ts';
import type { Visit } from '../visit.ts';
import { problem, reasonIn } from './problem.ts';
import { type Call, type Method, type Resource, resourceAt } from './resource.ts';

/** The plain HTTP interface, the same behind our own server and behind Next. */
export function handlePlain(request: HttpRequest, visit: Visit): Promise<Response> {
  const found = resourceAt(request.url.pathname, visit.shop.resources);
  return answering(request, visit.shop.tell.answered, async (label) => {
    const response = found
      ? await answerOf(request, found, { ...visit, label })
      : problem({ reason: 'not_found', details: {} }, label.requestId);
    return { response, operation: operationOf(request, found), reason: await reasonIn(response) };
  });
}

type Found = NonNullable<ReturnType<typeof resourceAt>>;

async function answerOf(request: HttpRequest, { resource, id }: Found, visit: Visit & { label: RequestLabel }) {
  const { shop, address, label } = visit;
  const { requestId } = label;
  const methods = methodsOf(resource);
  const guarded = await guard(request, methods);
  if (!guarded.ok) {
    const response = problem({ reason: guarded.reason, details: guarded.details ?? {} }, requestId);
    if (response.status === 405) response.headers.set('Allow', methods.join(', '));
    return response;
  }

  const session = readSession(request.headers.get('cookie'), shop.sessionKeys);
  const response = await callResource(resource, request.method, () => ({
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
    response.headers.append('Set-Cookie', sessionCookie(session.principal, shop.sessionKeys));
  }
  return response;
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

async function callResource(resource: Resource, method: string, callOf: () => Call): Promise<Response> {
  const answer = resource[method === 'HEAD' ? 'GET' : (method as Method)];
  if (!answer) throw new Error(`${method} passed the guard and is not answered`);
  const reply = await answer(callOf());
  if (reply instanceof Response) return reply;
  const { status, body, headers } = reply;
  if (method === 'HEAD')
    return new Response(null, { status, headers: { 'Content-Type': 'application/json', ...headers } });
  return body === undefined
    ? new Response(null, { status, headers: { ...headers } })
    : Response.json(body, { status, headers: { ...headers } });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw shopError('malformed_request', { cause });
  }
}
