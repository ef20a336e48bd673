import { randomUUID } from 'node:crypto';
import { errors, shopError } from '../../errors.ts';
import { readSession, sessionCookie } from '../../session.ts';
import type { Shop } from '../../shop.ts';
import { explain } from '../../trpc.ts';
import { guard, isSafe } from '../guard.ts';
import { withOurHeaders } from '../our-headers.ts';
import { problem } from './problem.ts';
import { type Call, type Method, type Resource, resourceAt } from './resource.ts';

/**
 * The plain HTTP interface, the same behind our own server and behind Next.
 *
 * @param address of whoever sent it, for the limit on new keys.
 */
export async function handlePlain(
  request: Request,
  { shop, address }: { readonly shop: Shop; readonly address: string },
): Promise<Response> {
  const requestId = randomUUID();
  const found = resourceAt(new URL(request.url).pathname, shop.resources);
  if (!found) return withOurHeaders(problem({ reason: 'not_found', details: {} }, requestId), requestId);

  const methods = methodsOf(found.resource);
  const guarded = await guard(request, methods);
  if (!guarded.ok) {
    const response = problem({ reason: guarded.reason, details: guarded.details ?? {} }, requestId);
    if (response.status === 405) response.headers.set('Allow', methods.join(', '));
    return withOurHeaders(response, requestId);
  }

  const session = readSession(request.headers.get('cookie'), shop.sessionKeys);
  const response = await answerOf(found.resource, request.method, () => ({
    principal: session.principal,
    requestId,
    id: found.id,
    body: guarded.body === undefined ? undefined : parseJson(guarded.body),
    request,
    admit: () => shop.newKeys.admit({ principal: session.principal, address }),
  })).catch((error: unknown) => {
    const explanation = explain(error);
    const { reason } = explanation;
    if (errors[reason].httpStatus >= 500) shop.log.error({ requestId, path: request.url, reason, err: error });
    return problem(explanation, requestId);
  });
  // With a failure too: a key that may be sent again must meet the same customer.
  if (session.isNew && !isSafe(request.method)) {
    response.headers.append('Set-Cookie', sessionCookie(session.principal, shop.sessionKeys));
  }
  return withOurHeaders(response, requestId);
}

function methodsOf(resource: Resource): readonly string[] {
  const methods = Object.keys(resource);
  return resource.GET ? ['HEAD', ...methods] : methods;
}

async function answerOf(resource: Resource, method: string, callOf: () => Call): Promise<Response> {
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
