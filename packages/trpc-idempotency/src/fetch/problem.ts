import { STATUS_CODES } from 'node:http';
import { type ErrorDetails, errorRow } from '../errors.ts';

export interface ProblemDetails extends ErrorDetails {
  /** Of the run that made a stored refusal, else of this request. */
  readonly requestId: string;
  /** The operation's name. */
  readonly path: string;
}

export type ToProblem = (reason: string, details: ProblemDetails) => Response;

/**
 * RFC 9457 for an app that has no problem format of its own, with the fields that `error.data` has in tRPC. The type
 * is `about:blank`, so that the title is the status in words; `reason` is what a client compares.
 */
export const defaultToProblem: ToProblem = (reason, details) => {
  const { kind, extras, retryAfterMs, requestId, path, statusCode } = details;
  const { trpcCode, httpStatus, retryable, message } = errorRow(reason, kind);
  const status = statusCode ?? httpStatus;
  const problem = {
    // First, so that nothing which the operation adds can stand in for what a client relies on.
    ...extras,
    type: 'about:blank',
    title: STATUS_CODES[status] ?? reason,
    status,
    detail: message,
    code: trpcCode,
    httpStatus: status,
    path,
    reason,
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    requestId,
  };
  return new Response(JSON.stringify(problem), { status, headers: { 'Content-Type': 'application/problem+json' } });
};
