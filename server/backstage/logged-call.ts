import { errors, isReason, type Reason } from '../errors.ts';
import type { Call } from '../http/plain/resource.ts';
import { explain } from '../trpc.ts';
import { endedRequest, startedRequest } from './logged-request.ts';
import type { RequestLog } from './request-log.ts';

/** A plain HTTP call in the log, under the operation's name: the bill counts a payment whichever way it came. */
export function loggedCall(
  log: RequestLog,
  operation: string,
  answer: (call: Call) => Promise<Response>,
): (call: Call) => Promise<Response> {
  return async (call) => {
    const { requestId, principal, request, body: input } = call;
    const idempotencyKeyHeader = request.headers.get('idempotency-key');
    const started = startedRequest({ requestId, principal, operation, idempotencyKeyHeader, input });
    log.begin(started);
    try {
      const response = await answer(call);
      const { status: httpStatus, headers } = response;
      log.end(endedRequest(started, { httpStatus, reason: await reasonIn(response), headers }));
      return response;
    } catch (error) {
      const { reason } = explain(error);
      const { httpStatus } = errors[reason];
      log.end(endedRequest(started, { httpStatus, reason, headers: new Headers() }));
      throw error;
    }
  };
}

/** What a problem gives as its reason; null for a success. */
async function reasonIn(response: Response): Promise<Reason | null> {
  if (response.ok) return null;
  const { reason } = (await response.clone().json()) as { readonly reason?: unknown };
  return typeof reason === 'string' && isReason(reason) ? reason : 'internal';
}
