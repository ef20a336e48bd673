import { createHash } from 'node:crypto';
import type { SandboxDatabase } from '../database.ts';
import type { Reply } from '../http/reply.ts';
import { type Replica, sight, visible } from './ledger.ts';
import { stripeError } from './stripe-error.ts';

/** Stripe keeps a key for at least this long, then it is new again. */
const keyLifeMs = 24 * 60 * 60 * 1000;

export interface KeyedRequest {
  readonly key: string;
  readonly replica: Replica;
  /** Of method, path and parameters. */
  readonly requestHash: string;
}

export type IdempotencyKeys = ReturnType<typeof createIdempotencyKeys>;

/**
 * Idempotency as Stripe's version 1 does it. The first result is kept once execution began, whatever it was, and is
 * kept in the transaction that has the effect. A request under way is known in memory only: when the process dies its
 * effect never happened, and neither did its claim.
 */
export function createIdempotencyKeys(database: SandboxDatabase, now: () => number) {
  const running = new Map<string, string>();
  const find = database.prepare(`
    SELECT request_hash AS requestHash, request_id AS requestId, status, body FROM idempotency_keys seen
    WHERE key = @key AND written_at > @now - ${keyLifeMs} AND ${visible('seen')} ORDER BY written_at DESC LIMIT 1`);
  const insert = database.prepare(`
    INSERT OR REPLACE INTO idempotency_keys (key, replica, request_hash, request_id, status, body, written_at, lag_ms)
    VALUES (@key, @replica, @requestHash, @requestId, @status, @body, @now, @lagMs)`);
  const remove = database.prepare('DELETE FROM idempotency_keys WHERE key = ?');
  const prune = database.prepare('DELETE FROM idempotency_keys WHERE written_at <= ?');

  return {
    /** What this key answers by itself; undefined when the request is the first and is to be run. */
    known({ key, replica, requestHash }: KeyedRequest): Reply | undefined {
      const saved = find.get({ key, ...sight(replica, now()) }) as SavedResult | undefined;
      const first = saved?.requestHash ?? running.get(slot(key, replica));
      if (first === undefined) return undefined;
      if (first !== requestHash) return keyReused(key);
      return saved ? replay(saved) : keyInUse(key);
    },

    claim({ key, replica, requestHash }: KeyedRequest): void {
      running.set(slot(key, replica), requestHash);
    },

    release({ key, replica }: KeyedRequest): void {
      running.delete(slot(key, replica));
    },

    save({ key, replica, requestHash }: KeyedRequest, requestId: string, reply: Reply): void {
      insert.run({
        key,
        replica: replica.name,
        requestHash,
        requestId,
        status: reply.status,
        body: JSON.stringify(reply.body),
        now: now(),
        lagMs: replica.lagMs,
      });
      prune.run(now() - keyLifeMs);
    },

    /** The provider loses its memory of this key, as one does whose cache was flushed. */
    forget(key: string): void {
      remove.run(key);
    },
  };
}

export function requestHashOf(method: string, path: string, input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([method, path, sorted(input)]))
    .digest('hex');
}

interface SavedResult {
  readonly requestHash: string;
  readonly requestId: string;
  readonly status: number;
  readonly body: string;
}

function replay({ status, body, requestId }: SavedResult): Reply {
  return { status, body: JSON.parse(body), headers: { 'Idempotent-Replayed': 'true', 'Original-Request': requestId } };
}

function keyReused(key: string): Reply {
  return stripeError(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

function keyInUse(key: string): Reply {
  return stripeError(409, {
    type: 'invalid_request_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });
}

function slot(key: string, replica: Replica): string {
  return `${replica.name} ${key}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
