import type { Operation } from '@trpc/client';

/**
 * For `httpLink({ headers })`: names the attempt of a call that has `context.idempotencyKey`. Every retry of the call
 * goes through here with the same context, and so with the same key. Throws a RangeError for a key no header can hold.
 */
export function idempotencyHeaders({ op }: { readonly op: Pick<Operation, 'context'> }): Record<string, string> {
  const key = idempotencyKeyOf(op);
  return key === undefined ? {} : { 'Idempotency-Key': quoted(key) };
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
