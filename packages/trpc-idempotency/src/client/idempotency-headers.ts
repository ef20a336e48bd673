import type { Operation } from '@trpc/client';

/**
 * For `httpLink({ headers })`: names the attempt of a call that has `context.idempotencyKey`, and numbers the tries that
 * the retry link makes of a call. Every retry goes through here with the same key. Throws a RangeError for a key that no
 * header can hold.
 */
export function idempotencyHeaders({ op }: { readonly op: Pick<Operation, 'context'> }): Record<string, string> {
  const key = idempotencyKeyOf(op);
  const number = tryNumberOf(op);
  return {
    ...(key !== undefined && { 'Idempotency-Key': quoted(key) }),
    ...(number !== undefined && { [TRY_HEADER]: String(number) }),
  };
}

/** Which request of an attempt this is, from 1. For logs alone: no server decides anything by it. */
export const TRY_HEADER = 'Payonce-Attempt';

/** What the retry link writes into the context of each request. `triesBefore` is the caller's: those of an earlier call. */
export function withTryNumber<Op extends Pick<Operation, 'context'>>(op: Op, attempt: number): Op {
  const { triesBefore } = op.context;
  const tryNumber = attempt + (typeof triesBefore === 'number' ? triesBefore : 0);
  return { ...op, context: { ...op.context, tryNumber } };
}

function tryNumberOf({ context }: Pick<Operation, 'context'>): number | undefined {
  return typeof context.tryNumber === 'number' ? context.tryNumber : undefined;
}

/** The key of a call, undefined when it has none. An empty one is no key: the server would refuse it. */
export function idempotencyKeyOf({ context }: Pick<Operation, 'context'>): string | undefined {
  const { idempotencyKey } = context;
  return typeof idempotencyKey === 'string' && idempotencyKey !== '' ? idempotencyKey : undefined;
}

/** An RFC 8941 string (3.3.3), so that a key with a comma or a space cannot pass for two. */
function quoted(key: string): string {
  if (!/^[ -~]+$/.test(key)) throw new RangeError('an idempotency key must be printable ASCII');
  return `"${key.replace(/[\\"]/g, '\\$&')}"`;
}
