import { initTRPC, TRPCError, type TRPCProcedureBuilder, type TRPCUnsetMarker } from '@trpc/server';
import type { z } from 'zod';
import { InputNotJsonError } from '../claim-request.ts';
import type { Engine } from '../engine.ts';
import type { IdempotencyReason } from '../errors.ts';
import { parseIdempotencyKey } from '../key.ts';
import type { Operation } from '../operation.ts';
import type { Json } from '../record.ts';
import { renderAnswer } from '../render.ts';
import type { IdempotencyContext } from './context.ts';
import { markIdempotency } from './middleware-order.ts';
import { defaultToError, type ToError } from './to-error.ts';

export interface PluginOptions<Tx> {
  readonly engine: Engine<Tx>;
  /** Turns a reason into the host's own error. Default: `defaultToError`. */
  readonly toError?: ToError;
  /** How long a duplicate waits for the answer of the first. Default 0: it is told to come back. */
  readonly waitMs?: number;
}

/**
 * A procedure to concatenate: it adds the operation's input and `ctx.answer()`, and nothing else. Its error shape is
 * unknown and not tRPC's default, or the host's own shape would become a union with one that never comes.
 */
export type IdempotentProcedure<Input extends z.ZodType, Output extends Json> = TRPCProcedureBuilder<
  IdempotencyContext,
  object,
  {
    /** The operation's output, now or replayed; throws the host's error for every other answer. */
    answer(): Promise<Output>;
  },
  z.input<Input>,
  z.output<Input>,
  TRPCUnsetMarker,
  TRPCUnsetMarker,
  false
>;

/**
 * Makes plugin procedures, one per operation, to be concatenated onto the host's own:
 *
 *   pay: customerProcedure.concat(idempotent(payOperation)).mutation(({ ctx }) => ctx.answer())
 *
 * The middleware validates, runs the operation under the request's key and puts the answer into the context. It never
 * stands in for the resolver, which would need what tRPC keeps to itself; `ctx.answer()` gives the output or throws.
 */
export function idempotentPlugin<Tx>({ engine, toError = defaultToError, ...defaults }: PluginOptions<Tx>) {
  const t = initTRPC.context<IdempotencyContext>().create();
  const keyError = (reason: IdempotencyReason) => toError(reason, { kind: 'engine', extras: {} });

  return <Input extends z.ZodType, Output extends Json>(
    operation: Operation<Tx, Input, Output>,
    { waitMs }: { readonly waitMs?: number | undefined } = defaults,
  ): IdempotentProcedure<Input, Output> =>
    t.procedure.input(operation.input as z.ZodType<z.output<Input>, z.input<Input>>).use(
      markIdempotency(async ({ ctx, input, next }) => {
        const { tenant, principal, requestId, responseHeaders: headers, admit } = ctx;
        headers.set('Cache-Control', 'no-store');
        if (ctx.batchSize !== undefined && ctx.batchSize > 1) throw keyError('batch_not_allowed');
        const parsed = parseIdempotencyKey(ctx.idempotencyKeyHeader);
        if (!parsed.ok) throw keyError(parsed.reason);

        const caller = { tenant, principal, requestId, key: parsed.key, admit, waitMs };
        const rendered = renderAnswer(await engine.execute(operation, input, caller).catch(asBadRequest), headers);
        return next({
          ctx: {
            async answer(): Promise<Output> {
              if (!rendered.ok) throw toError(rendered.reason, rendered.details);
              return rendered.output;
            },
          },
        });
      }),
    );
}

/** What passes the schema and cannot be remembered as JSON is input of the wrong form, and no bug of the host's. */
function asBadRequest(error: unknown): never {
  if (!(error instanceof InputNotJsonError)) throw error;
  throw new TRPCError({ code: 'BAD_REQUEST', message: error.message, cause: error });
}
