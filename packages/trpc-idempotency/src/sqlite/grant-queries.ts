import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { CLAIMED, type KeyRef, type UnixMs } from '../record.ts';
import type { Grant } from '../store.ts';
import { sameKey } from './same-key.ts';
import { type Placeholders, statement } from './statement.ts';
import { idempotencyKeys as keys, type ResponseBody } from './tables.ts';

/** The columns that a grant names. Each statement below finds and changes nothing when it holds no more. */
export type Held = KeyRef & Pick<Grant, 'fencingToken'>;

export const selectHeld = statement((db, p: Placeholders<Held>) =>
  db.select({ fencingToken: keys.fencingToken }).from(keys).where(held(p)).prepare(),
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
    .prepare(),
);

export const setLease = statement((db, p: Placeholders<Held & { leaseExpiresAt: UnixMs }>) =>
  db
    .update(keys)
    .set({ leaseExpiresAt: sql`${p.leaseExpiresAt}` })
    .where(held(p))
    .prepare(),
);

export const releaseKey = statement((db, p: Placeholders<Held & { resumeAt: UnixMs }>) =>
  db
    .update(keys)
    .set({ leaseExpiresAt: null, resumeAt: sql`${p.resumeAt}` })
    .where(held(p))
    .prepare(),
);

export const forgetKey = statement((db, p: Placeholders<Held>) =>
  db
    .delete(keys)
    .where(and(held(p), eq(keys.recoveryPoint, CLAIMED)))
    .prepare(),
);

/** The newest grant of a key that is still under way and was not given back. The clock has no say in it. */
function held(p: Placeholders<Held>): SQL | undefined {
  return and(
    sameKey(p),
    eq(keys.fencingToken, p.fencingToken),
    // Written out and not bound, or SQLite would plan the statement anew at each call: see `selectAbandoned`.
    sql`${keys.processingState} = 'pending'`,
    isNotNull(keys.leaseExpiresAt),
  );
}
