import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { CLAIMED, type Json, type KeyRef, type UnixMs } from '../record.ts';
import type { Grant } from '../store.ts';
import { type Placeholders, statement } from './statement.ts';
import { fencingSequence, idempotencyKeys as keys, type ResponseBody } from './tables.ts';

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
      fencingToken: sql`${p.fencingToken}`,
      leaseExpiresAt: sql`${p.leaseExpiresAt}`,
      takeovers: sql`${p.takeovers}`,
    })
    .where(sameKey(p))
    .prepare(),
);

export const quarantineKey = statement((db, p: Placeholders<KeyRef>) =>
  db.update(keys).set({ processingState: 'failed', leaseExpiresAt: null }).where(sameKey(p)).prepare(),
);

/** The columns that a grant names. Each statement below changes nothing, and returns no row, when it holds no more. */
export type Held = KeyRef & Pick<Grant, 'fencingToken'>;

export const selectHeld = statement((db, p: Placeholders<Held>) =>
  db.select(TOKEN).from(keys).where(held(p)).prepare(),
);

/** `data` is JSON text. `recoveryPoint` is an identifier, so that it needs no quoting in a JSON path. */
export const advanceKey = statement((db, p: Placeholders<Held & { recoveryPoint: string; data: string }>) =>
  db
    .update(keys)
    .set({
      recoveryPoint: sql`${p.recoveryPoint}`,
      phases: sql`json_set(${keys.phases}, '$.' || ${p.recoveryPoint}, json(${p.data}))`,
    })
    .where(held(p))
    .returning(TOKEN)
    .prepare(),
);

interface Complete extends Held {
  readonly statusCode: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: ResponseBody;
  readonly completedAt: UnixMs;
  readonly expiresAt: UnixMs;
}

export const completeKey = statement((db, p: Placeholders<Complete>) =>
  db
    .update(keys)
    .set({
      processingState: 'completed',
      leaseExpiresAt: null,
      statusCode: sql`${p.statusCode}`,
      responseHeaders: sql`${sql.param(p.responseHeaders, keys.responseHeaders)}`,
      responseBody: sql`${sql.param(p.responseBody, keys.responseBody)}`,
      completedAt: sql`${p.completedAt}`,
      expiresAt: sql`${p.expiresAt}`,
    })
    .where(held(p))
    .returning(TOKEN)
    .prepare(),
);

/** `leaseExpiresAt` null gives the key back. */
export const setLease = statement((db, p: Placeholders<Held & { leaseExpiresAt: UnixMs | null }>) =>
  db
    .update(keys)
    .set({ leaseExpiresAt: sql`${p.leaseExpiresAt}` })
    .where(held(p))
    .returning(TOKEN)
    .prepare(),
);

export const forgetKey = statement((db, p: Placeholders<Held>) =>
  db
    .delete(keys)
    .where(and(held(p), eq(keys.recoveryPoint, CLAIMED)))
    .returning(TOKEN)
    .prepare(),
);

const TOKEN = { fencingToken: keys.fencingToken };

function sameKey(p: Placeholders<KeyRef>): SQL | undefined {
  return and(
    eq(keys.tenant, p.tenant),
    eq(keys.principal, p.principal),
    eq(keys.operation, p.operation),
    eq(keys.key, p.key),
  );
}

/** The newest grant of a key that is still under way and was not given back. The clock has no say in it. */
function held(p: Placeholders<Held>): SQL | undefined {
  return and(
    sameKey(p),
    eq(keys.fencingToken, p.fencingToken),
    eq(keys.processingState, 'pending'),
    isNotNull(keys.leaseExpiresAt),
  );
}
