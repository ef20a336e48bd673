import { errors } from '../errors.ts';
import { customerProcedure, explain } from '../trpc.ts';
import { endedRequest, startedRequest } from './logged-request.ts';
import type { RequestLog } from './request-log.ts';

/** Stands before the input is parsed, so that a request that is refused for its form is counted too. */
export function loggedProcedure(log: RequestLog) {
  return customerProcedure.use(async ({ ctx, path, getRawInput, next }) => {
    const { label, principal, responseHeaders: headers } = ctx;
    const started = startedRequest({ ...label, principal, operation: path, input: await getRawInput() });
    log.begin(started);
    const result = await next();
    const reason = result.ok ? null : explain(result.error).reason;
    const httpStatus = reason === null ? 200 : errors[reason].httpStatus;
    log.end(endedRequest(started, { httpStatus, reason, headers }));
    return result;
  });
}
