import { errors } from '../errors.ts';
import { AnswerHeaders, type HttpAnswer } from '../http/http-answer.ts';
import { reasonIn } from '../http/plain/problem.ts';
import type { Call } from '../http/plain/resource.ts';
import { explain } from '../trpc.ts';
import { endedRequest, startedRequest } from './logged-request.ts';
import type { RequestLog } from './request-log.ts';

/** A plain HTTP call in the log, under the operation's name: the bill counts a payment whichever way it came. */
export function loggedCall(
  log: RequestLog,
  operation: string,
  answer: (call: Call) => Promise<HttpAnswer>,
): (call: Call) => Promise<HttpAnswer> {
  return async (call) => {
    const { label, principal, body: input } = call;
    const started = startedRequest({ ...label, principal, operation, input });
    log.begin(started);
    try {
      const answered = await answer(call);
      const { status: httpStatus, headers } = answered;
      log.end(endedRequest(started, { httpStatus, reason: reasonIn(answered), headers }));
      return answered;
    } catch (error) {
      const { reason } = explain(error);
      const { httpStatus } = errors[reason];
      log.end(endedRequest(started, { httpStatus, reason, headers: new AnswerHeaders() }));
      throw error;
    }
  };
}
