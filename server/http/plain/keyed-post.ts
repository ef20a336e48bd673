import type { Engine, Json, Operation } from '@payonce/trpc-idempotency';
import { idempotentFetch } from '@payonce/trpc-idempotency/fetch';
import type { z } from 'zod';
import type { Tx } from '#db/open.ts';
import { TENANT } from '../../context.ts';
import { isReason } from '../../errors.ts';
import { answerFrom, type HttpAnswer, toFetch } from '../http-answer.ts';
import { problem } from './problem.ts';
import type { Call } from './resource.ts';

export type KeyedPost = ReturnType<typeof keyedPost>;

/**
 * Makes the POST of a resource from an operation, to be sent with an `Idempotency-Key`: 201 with what it made, the same
 * to every repeat. It is the operation that tRPC runs too, so one key holds over both.
 *
 * @param waitMs how long a duplicate waits for the answer of the first. Default 0: it is told to come back.
 */
export function keyedPost(engine: Engine<Tx>, waitMs = 0) {
  const handlerOf = idempotentFetch({
    engine,
    toProblem: (reason, details) =>
      toFetch(problem({ reason: isReason(reason) ? reason : 'internal', details }, details.requestId)),
  });
  return <Input extends z.ZodType, Output extends Json>(operation: Operation<Tx, Input, Output>) =>
    async ({ principal, label: { requestId }, admit, body, request }: Call): Promise<HttpAnswer> => {
      const handler = handlerOf(operation, {
        caller: () => ({ tenant: TENANT, principal, requestId, admit }),
        input: () => body,
        successStatus: 201,
        waitMs,
      });
      const idempotencyKey = request.headers.get('idempotency-key');
      const headers = new Headers(idempotencyKey === null ? {} : { 'Idempotency-Key': idempotencyKey });
      return answerFrom(await handler(new Request(request.url, { method: 'POST', headers })));
    };
}
