import { sql } from 'drizzle-orm';
import { CLAIMED, type Json, type KeyRef, type UnixMs } from '../record.ts';
import { sameKey } from './same-key.ts';
import { type Placeholders, statement } from './statement.ts';
import { fencingSequence, idempotencyKeys as keys } from './tables.ts';

/** The whole row. */
export const selectKey = statement((db, p: Placeholders<KeyRef>) => db.select().from(keys).where(sameKey(p)).prepare());

/** What a claim looks at: all but the input, which is the longest column and plays no part. */
export const selectForClaim = statement((db, p: Placeholders<KeyRef>) =>
  db
    .select({
      requestHash: keys.requestHash,
      hashKid: keys.hashKid,
      schemaVersion: keys.schemaVersion,
      processingState: keys.processingState,
      recoveryPoint: keys.recoveryPoint,
      phases: keys.phases,
      leaseExpiresAt: keys.leaseExpiresAt,
      resumeAt: keys.resumeAt,
      takeovers: keys.takeovers,
      statusCode: keys.statusCode,
      responseHeaders: keys.responseHeaders,
      responseBody: keys.responseBody,
      createdAt: keys.createdAt,
      completedAt: keys.completedAt,
      expiresAt: keys.expiresAt,
    })
    .from(keys)
    .where(sameKey(p))
    .prepare(),
);

export const nextToken = statement((db) =>
  db
    .insert(fencingSequence)
    .values({ id: 1, lastToken: 1 })
    .onConflictDoUpdate({ target: fencingSequence.id, set: { lastToken: sql`${fencingSequence.lastToken} + 1` } })
    .returning({ token: fencingSequence.lastToken })
    .prepare(),
);

interface NewKey extends KeyRef {
  readonly requestHash: string;
  readonly hashKid: string;
  readonly schemaVersion: number;
  readonly fencingToken: number;
  readonly leaseExpiresAt: UnixMs;
  readonly input: Json;
  readonly createdAt: UnixMs;
}

export const insertKey = statement((db, p: Placeholders<NewKey>) =>
  db
    .insert(keys)
    .values({
      tenant: p.tenant,
      principal: p.principal,
      operation: p.operation,
      key: p.key,
      requestHash: p.requestHash,
      hashKid: p.hashKid,
      schemaVersion: p.schemaVersion,
      processingState: 'pending',
      recoveryPoint: CLAIMED,
      phases: {},
      fencingToken: p.fencingToken,
      leaseExpiresAt: p.leaseExpiresAt,
      takeovers: 0,
      input: p.input,
      createdAt: p.createdAt,
    })
    .prepare(),
);

export const deleteKey = statement((db, p: Placeholders<KeyRef>) => db.delete(keys).where(sameKey(p)).prepare());

interface TakeOver extends KeyRef {
  readonly fencingToken: number;
  readonly leaseExpiresAt: UnixMs;
  readonly takeovers: number;
}

export const takeOverKey = statement((db, p: Placeholders<TakeOver>) =>
  db
    .update(keys)
    .set({
      processingState: 'pending',
      fencingToken: sql`${p.fencingToken}`,
      leaseExpiresAt: sql`${p.leaseExpiresAt}`,
      resumeAt: null,
      takeovers: sql`${p.takeovers}`,
    })
    .where(sameKey(p))
    .prepare(),
);

export const quarantineKey = statement((db, p: Placeholders<KeyRef>) =>
  db.update(keys).set({ processingState: 'failed', leaseExpiresAt: null }).where(sameKey(p)).prepare(),
);
