import { type Placeholders, statement } from '@payonce/trpc-idempotency/sqlite';
import { desc, eq } from 'drizzle-orm';
import type { Queries, Tx } from './open.ts';
import { requestLog } from './schema.ts';

/** One payment request as the server received and answered it. */
export interface LoggedRequest {
  readonly requestId: string;
  readonly principal: string;
  readonly operation: string;
  readonly cartId: string | null;
  readonly keyHash: string | null;
  /** The client's own count of its requests, from 1; null from a client that does not count. */
  readonly attempt: number | null;
  readonly verdict: string;
  readonly httpStatus: number;
  readonly reason: string | null;
  readonly receivedAt: number;
  readonly durationMs: number;
}

/** What a screen shows; the bill counts these, so it is far more than anyone clicks. */
const LISTED_MAX = 500;

const insert = statement((db, p: Placeholders<LoggedRequest>) =>
  db
    .insert(requestLog)
    .values({
      requestId: p.requestId,
      principal: p.principal,
      operation: p.operation,
      cartId: p.cartId,
      keyHash: p.keyHash,
      attempt: p.attempt,
      verdict: p.verdict,
      httpStatus: p.httpStatus,
      reason: p.reason,
      receivedAt: p.receivedAt,
      durationMs: p.durationMs,
    })
    .prepare(),
);

const ofCustomer = statement((db, p: Placeholders<{ principal: string }>) =>
  db
    .select()
    .from(requestLog)
    .where(eq(requestLog.principal, p.principal))
    .orderBy(desc(requestLog.receivedAt))
    .limit(LISTED_MAX)
    .prepare(),
);

export async function insertRequests(tx: Tx, requests: readonly LoggedRequest[]): Promise<void> {
  for (const request of requests) await tx.query(insert, request);
}

/** Newest first. */
export async function requestsOf(queries: Queries, principal: string): Promise<readonly LoggedRequest[]> {
  return queries.query(ofCustomer, { principal });
}
