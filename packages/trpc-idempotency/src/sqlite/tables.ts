import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { FinalOutcome, Json, JsonObject, UnixMs } from '../record.ts';

/**
 * One row for each key that was ever claimed, until its retention ends. Times are Unix milliseconds. The checks say
 * which columns go together in which state, so that a row no reader could make sense of is refused by the database.
 */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    tenant: text('tenant').notNull(),
    principal: text('principal').notNull(),
    operation: text('operation').notNull(),
    key: text('key').notNull(),

    requestHash: text('request_hash').notNull(),
    hashKid: text('hash_kid').notNull(),
    schemaVersion: integer('schema_version').notNull(),

    processingState: text('processing_state', { enum: ['pending', 'completed', 'failed'] }).notNull(),
    recoveryPoint: text('recovery_point').notNull(),
    phases: text('phases', { mode: 'json' }).$type<JsonObject>().notNull(),
    fencingToken: integer('fencing_token').notNull(),
    /** Null when no run holds the key: it was given back in order, or it is over. */
    leaseExpiresAt: integer('lease_expires_at').$type<UnixMs>(),
    /** From when on the key may be carried on without its client, after it was given back in order. */
    resumeAt: integer('resume_at').$type<UnixMs>(),
    takeovers: integer('takeovers').notNull(),

    statusCode: integer('status_code'),
    responseHeaders: text('response_headers', { mode: 'json' }).$type<Readonly<Record<string, string>>>(),
    responseBody: text('response_body', { mode: 'json' }).$type<ResponseBody>(),

    input: text('input', { mode: 'json' }).$type<Json>().notNull(),
    createdAt: integer('created_at').$type<UnixMs>().notNull(),
    completedAt: integer('completed_at').$type<UnixMs>(),
    expiresAt: integer('expires_at').$type<UnixMs>(),
  },
  (row) => [
    primaryKey({ columns: [row.tenant, row.principal, row.operation, row.key] }),
    check('idempotency_keys_key_length', sql`length(${row.key}) BETWEEN 1 AND 255`),
    check('idempotency_keys_state', sql`${row.processingState} IN ('pending', 'completed', 'failed')`),
    check('idempotency_keys_fencing_token', sql`${row.fencingToken} > 0`),
    check('idempotency_keys_takeovers', sql`${row.takeovers} >= 0`),
    check(
      'idempotency_keys_lease_only_while_pending',
      sql`${row.leaseExpiresAt} IS NULL OR ${row.processingState} = 'pending'`,
    ),
    check(
      'idempotency_keys_answer_only_when_completed',
      sql`(${row.processingState} = 'completed') = (${row.responseBody} IS NOT NULL AND ${row.statusCode} IS NOT NULL AND ${row.responseHeaders} IS NOT NULL AND ${row.completedAt} IS NOT NULL AND ${row.expiresAt} IS NOT NULL)`,
    ),
    check(
      'idempotency_keys_retention_follows_completion',
      sql`${row.expiresAt} IS NULL OR ${row.expiresAt} > ${row.completedAt}`,
    ),
    index('idempotency_keys_pending').on(row.leaseExpiresAt).where(sql`${row.processingState} = 'pending'`),
    index('idempotency_keys_put_aside').on(row.createdAt).where(sql`${row.processingState} = 'failed'`),
    index('idempotency_keys_expiry').on(row.expiresAt).where(sql`${row.processingState} = 'completed'`),
  ],
);

/** The stored outcome without its headers, and the id of the request that made it. */
export interface ResponseBody {
  readonly requestId: string;
  readonly outcome: FinalOutcome;
}

/** One row. Tokens grow over all keys, so that a key that was deleted and claimed anew never sees an old one again. */
export const fencingSequence = sqliteTable(
  'fencing_sequence',
  {
    id: integer('id').primaryKey(),
    lastToken: integer('last_token').notNull(),
  },
  (row) => [check('fencing_sequence_one_row', sql`${row.id} = 1`)],
);

/**
 * A final answer stays as it was given, whatever bug comes after it. Deleting is allowed: the reaper does it when
 * the retention has ended. Goes into the host's migrations by hand, as Drizzle has no word for triggers.
 */
export const completedRowsAreFinal = `CREATE TRIGGER completed_rows_are_final BEFORE UPDATE ON idempotency_keys
WHEN OLD.processing_state = 'completed'
BEGIN
  SELECT RAISE(ABORT, 'a completed idempotency key never changes');
END;`;
