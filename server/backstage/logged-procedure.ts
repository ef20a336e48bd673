import { createHash } from 'node:crypto';
import type { LoggedRequest } from '#db/request-log.ts';
import { wallClock } from '../clock.ts';
import { errors } from '../errors.ts';
import { customerProcedure, type Explanation, explain } from '../trpc.ts';
import type { RequestLog } from './request-log.ts';

/** Stands before the input is parsed, so that a request that is refused for its form is counted too. */
export function loggedProcedure(log: RequestLog) {
  return customerProcedure.use(async ({ ctx, path, getRawInput, next }) => {
    const receivedAt = wallClock();
    const request: LoggedRequest = {
      requestId: ctx.requestId,
      principal: ctx.principal,
      operation: path,
      cartId: cartIdOf(await getRawInput()),
      keyHash: ctx.idempotencyKeyHeader === null ? null : hashOf(ctx.idempotencyKeyHeader),
      verdict: 'running',
      httpStatus: 0,
      reason: null,
      receivedAt,
      durationMs: 0,
    };
    log.begin(request);
    const result = await next();
    const failure = result.ok ? undefined : explain(result.error);
    log.end({
      ...request,
      verdict: verdictOf(ctx.responseHeaders, failure),
      httpStatus: failure ? errors[failure.reason].httpStatus : 200,
      reason: failure?.reason ?? null,
      durationMs: wallClock() - receivedAt,
    });
    return result;
  });
}

/** `executed`: this request's run made the answer. Any other reason is its own verdict. */
function verdictOf(headers: Headers, failure: Explanation | undefined): string {
  if (headers.get('Idempotent-Replayed') === 'true') return 'replayed';
  if (failure === undefined || headers.has('Idempotency-Expires')) return 'executed';
  return failure.reason;
}

function cartIdOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('cartId' in input)) return null;
  return typeof input.cartId === 'string' ? input.cartId.slice(0, 64) : null;
}

/** Enough to tell keys apart on a screen; a key in clear would be a way to somebody's answer. */
function hashOf(keyHeader: string): string {
  return createHash('sha256').update(keyHeader).digest('hex').slice(0, 12);
}
