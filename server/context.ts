import type { Admission } from '@payonce/trpc-idempotency';
import type { IdempotencyContext } from '@payonce/trpc-idempotency/trpc';
import type { RequestLabel } from './http/answering.ts';
import type { AnswerHeaders } from './http/http-answer.ts';
import type { Session } from './session.ts';

/** One shop, so one tenant; the column is there for whoever lifts the engine into a product with many. */
export const TENANT = 'payonce';

/** What every procedure knows of its request. */
export interface Context extends IdempotencyContext {
  readonly principal: string;
  readonly requestId: string;
  /** For the log alone. */
  readonly label: RequestLabel;
  /** Who asks sits at the machine that the shop runs on. */
  readonly isLocal: boolean;
  readonly responseHeaders: AnswerHeaders;
  /** No cookie came with the request; unless this answer brings one, the next request is somebody else's. */
  readonly isNewCustomer: boolean;
}

export interface ContextSource {
  readonly session: Session;
  readonly label: RequestLabel;
  readonly idempotencyKeyHeader: string | null;
  readonly isLocal: boolean;
  readonly responseHeaders: AnswerHeaders;
  readonly admit?: () => Admission;
}

export function createContext({ session, admit, ...source }: ContextSource): Context {
  return {
    tenant: TENANT,
    principal: session.principal,
    requestId: source.label.requestId,
    ...source,
    isNewCustomer: session.isNew,
    ...(admit && { admit }),
  };
}

/** Where this customer's key stands in the key table. */
export function keyScope(principal: string, operation: string) {
  return { tenant: TENANT, principal, operation };
}
