import type { AnyTRPCRouter } from '@trpc/server';

/**
 * Boot check: in every procedure all input parsers stand before the idempotency middleware. A parser after it would
 * refuse an input whose key was claimed and whose operation has run already.
 *
 * tRPC runs a procedure's middlewares in the order of `_def.middlewares`, where `.input()` is one of them, told apart
 * by `_type`. Neither is documented; the test beside this file fails when the installed version does it otherwise.
 *
 * @throws with the paths of all procedures that do it the wrong way round, or of routers that are loaded later.
 */
export function assertIdempotencyAfterInput(router: AnyTRPCRouter): void {
  const unseen = Object.keys(router._def.lazy);
  if (unseen.length > 0) throw new Error(`lazy routers cannot be checked at boot: ${unseen.join(', ')}`);

  const wrong = Object.entries(router._def.procedures as Record<string, unknown>)
    .filter(([, procedure]) => parsesAfterIdempotency(middlewaresOf(procedure)))
    .map(([path]) => path);
  if (wrong.length === 0) return;
  throw new Error(`an input is parsed after the idempotency middleware in: ${wrong.join(', ')}`);
}

/** The paths of all procedures that want a key: what a host must not let into a batch. */
export function idempotentPaths(router: AnyTRPCRouter): ReadonlySet<string> {
  const procedures = Object.entries(router._def.procedures as Record<string, unknown>);
  return new Set(procedures.filter(([, procedure]) => isIdempotent(procedure)).map(([path]) => path));
}

/** A shared symbol, so that two copies of this package still know each other's middleware. */
const IDEMPOTENCY = Symbol.for('trpc-idempotency.middleware');

export function markIdempotency<Middleware extends object>(middleware: Middleware): Middleware {
  return Object.assign(middleware, { [IDEMPOTENCY]: true });
}

function isIdempotent(procedure: unknown): boolean {
  return middlewaresOf(procedure).some((middleware) => IDEMPOTENCY in middleware);
}

function parsesAfterIdempotency(middlewares: readonly object[]): boolean {
  const first = middlewares.findIndex((middleware) => IDEMPOTENCY in middleware);
  return first >= 0 && middlewares.slice(first).some((later) => '_type' in later && later._type === 'input');
}

function middlewaresOf(procedure: unknown): readonly object[] {
  return (procedure as { _def: { middlewares: readonly object[] } })._def.middlewares;
}
