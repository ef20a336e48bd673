import type { z } from 'zod';
import type { Answer } from '../answer.ts';
import { type Caller, InputNotJsonError } from '../claim-request.ts';
import type { Engine } from '../engine.ts';
import type { ErrorDetails } from '../errors.ts';
import { parseIdempotencyKey } from '../key.ts';
import type { Operation } from '../operation.ts';
import type { Json } from '../record.ts';
import { renderAnswer } from '../render.ts';
import { assertStatus, hasBody } from '../status.ts';
import { defaultToProblem, type ToProblem } from './problem.ts';

export interface FetchOptions<Tx> {
  readonly engine: Engine<Tx>;
  /** Turns a reason into the host's own response. Default: `defaultToProblem`, which is RFC 9457. */
  readonly toProblem?: ToProblem;
}

export interface HandlerOptions {
  /** Who asks. Called before the body is read; what it throws goes to the host. */
  readonly caller: (request: Request) => RequestCaller | Promise<RequestCaller>;
  /**
   * What was sent, before the operation's schema reads it. Default: the body as JSON, of any size and content type,
   * as limits are the host's. A SyntaxError is answered as `malformed_request`.
   */
  readonly input?: (request: Request) => unknown;
  /** The status of a success, from 200 to 599. Default: the stored one, which every adapter of the operation shares. */
  readonly successStatus?: number;
  /** How long a duplicate waits for the answer of the first. Default 0: it is told to come back. */
  readonly waitMs?: number;
}

export type RequestCaller = Pick<Caller, 'tenant' | 'principal' | 'requestId' | 'admit'>;

/**
 * Makes handlers, one per operation, from a `Request` with an `Idempotency-Key` to a `Response`. The same operation may
 * stand behind tRPC too: it is the same key, the same content and the same stored answer, said in another transport.
 *
 * A handler rejects with what the operation throws and with storage errors: what to tell of those, the host knows.
 */
export function idempotentFetch<Tx>({ engine, toProblem = defaultToProblem }: FetchOptions<Tx>) {
  return <Input extends z.ZodType, Output extends Json>(
    operation: Operation<Tx, Input, Output>,
    { caller: callerOf, input: inputOf = readJson, successStatus, waitMs }: HandlerOptions,
  ) => {
    if (successStatus !== undefined) assertStatus(successStatus);
    return async (request: Request): Promise<Response> => {
      const caller = await callerOf(request);
      const problem = (reason: string, details: ErrorDetails) =>
        noStore(toProblem(reason, { requestId: caller.requestId, ...details, path: operation.name }));

      const parsed = parseIdempotencyKey(request.headers.get('Idempotency-Key'));
      if (!parsed.ok) return problem(parsed.reason, { kind: 'engine', extras: {} });
      const read = await readInput(operation, () => inputOf(request));
      if (!read.ok) return problem(read.reason, { kind: 'input', extras: read.extras });

      const executed = await executedBy(() =>
        engine.execute(operation, read.input, { ...caller, key: parsed.key, waitMs }),
      );
      if (!executed.ok) return problem(executed.reason, { kind: 'input', extras: executed.extras });
      const { answer } = executed;
      const headers = new Headers();
      const rendered = renderAnswer(answer, headers);
      const response = rendered.ok
        ? success(rendered.output, successStatus ?? rendered.statusCode)
        : problem(rendered.reason, rendered.details);
      for (const [name, value] of headers) response.headers.set(name, value);
      return noStore(response);
    };
  };
}

function success(output: Json, status: number): Response {
  return hasBody(status) ? Response.json(output, { status }) : new Response(null, { status });
}

const readJson = (request: Request): Promise<unknown> => request.json();

async function readInput<Tx, Input extends z.ZodType, Output extends Json>(
  { input: schema }: Operation<Tx, Input, Output>,
  sentBy: () => unknown,
) {
  let sent: unknown;
  try {
    sent = await sentBy();
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: 'malformed_request', extras: {} } as const;
    throw error;
  }
  const parsed = await schema.safeParseAsync(sent);
  if (parsed.success) return { ok: true, input: parsed.data } as const;
  const issues = parsed.error.issues
    .slice(0, ISSUES_MAX)
    .map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  return invalid(issues);
}

/** What passes the schema and cannot be remembered as JSON is input of the wrong form too. */
async function executedBy<Output extends Json>(execute: () => Promise<Answer<Output>>) {
  try {
    return { ok: true, answer: await execute() } as const;
  } catch (error) {
    if (!(error instanceof InputNotJsonError)) throw error;
    return invalid([{ path: error.place.replace(/^input\.?/, ''), message: error.message }]);
  }
}

function invalid(issues: readonly { readonly path: string; readonly message: string }[]) {
  return { ok: false, reason: 'invalid_input', extras: { issues } } as const;
}

/** Enough to mend the input by; more would only echo it. */
const ISSUES_MAX = 10;

/** An answer to one key is nothing for a cache, which would give it to another. */
function noStore(response: Response): Response {
  response.headers.set('Cache-Control', 'no-store');
  return response;
}
