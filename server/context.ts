import type { Admission } from '@payonce/trpc-idempotency';
import type { IdempotencyContext } from '@payonce/trpc-idempotency/trpc';
import type { Session } from './session.ts';

/** One shop, so one tenant; the column is there for whoever lifts the engine into a product with many. */
export const TENANT = 'payonce';

/** What every procedure knows of its request. */
export interface Context extends IdempotencyContext {
  readonly principal: string;
  readonly requestId: string;
  readonly responseHeaders: Headers;
}

export interface ContextSource {
  readonly session: Session;
  readonly requestId: string;
  readonly idempotencyKeyHeader: string | null;
  readonly admit?: () => Admission;
}

export function createContext({ session, requestId, idempotencyKeyHeader, admit }: ContextSource): Context {
  return {
    tenant: TENANT,
    principal: session.principal,
    requestId,
    idempotencyKeyHeader,
    responseHeaders: new Headers(),
    ...(admit && { admit }),
  };
}

/** Where this customer's key stands in the key table. */
export function keyScope(principal: string, operation: string) {
  return { tenant: TENANT, principal, operation };
}
