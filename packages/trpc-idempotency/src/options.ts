import assert from 'node:assert/strict';
import { validateHeaderName } from 'node:http';
import type { EventListener } from './events.ts';
import type { FinalOutcome, UnixMs } from './record.ts';
import type { HashKey } from './request-hash.ts';
import type { IdempotencyStore } from './store.ts';

export interface EngineOptions<Tx> {
  readonly store: IdempotencyStore<Tx>;
  /** The first makes new hashes, all are compared with: put a new one in front, drop the old one after the retention. */
  readonly hashKeys: readonly HashKey[];
  readonly clock: () => UnixMs;
  /** How long a crash holds a key. Default 30 s; a run that lives renews it, however long it takes. */
  readonly leaseMs?: number;
  /** How long an answer is replayed, from its completion. Default 24 h: longer than any client keeps trying. */
  readonly retentionMs?: number;
  /** Largest outcome that is stored, as JSON in UTF-8. Default 64 KiB: an answer, not a download. */
  readonly answerBytesMax?: number;
  /** Headers that an outcome may carry. Default `content-language`, `etag`, `last-modified`, `link`, `location`. */
  readonly replayedHeaders?: readonly string[];
  /**
   * The HTTP status stored with an answer, from 200 to 599; that of a refusal has a body. Default 200 when settled, 409
   * when refused.
   */
  readonly statusOf?: (outcome: FinalOutcome) => number;
  readonly onEvent?: EventListener;
}

export type EngineSettings<Tx> = Required<Omit<EngineOptions<Tx>, 'onEvent'>> & {
  readonly onEvent: EventListener | undefined;
  readonly hashKid: string;
};

/** Fills in the defaults and refuses what could not work: a wrong engine should not start. */
export function engineSettings<Tx>(options: EngineOptions<Tx>): EngineSettings<Tx> {
  const settings = {
    ...options,
    leaseMs: options.leaseMs ?? 30_000,
    retentionMs: options.retentionMs ?? 24 * 60 * 60 * 1000,
    answerBytesMax: options.answerBytesMax ?? 64 * 1024,
    statusOf: options.statusOf ?? defaultStatusOf,
    replayedHeaders: (options.replayedHeaders ?? REPLAYED_HEADERS).map((name) => name.toLowerCase()),
    onEvent: options.onEvent,
  };
  const { leaseMs, retentionMs, answerBytesMax, hashKeys, replayedHeaders } = settings;

  assert(Number.isSafeInteger(leaseMs) && leaseMs >= 3, 'leaseMs is at least 3, as a heartbeat comes each third of it');
  assert(Number.isSafeInteger(retentionMs) && retentionMs > leaseMs, 'retentionMs is longer than leaseMs');
  assert(Number.isSafeInteger(answerBytesMax) && answerBytesMax > 0, 'answerBytesMax is a positive number of bytes');
  assert(new Set(hashKeys.map(({ kid }) => kid)).size === hashKeys.length, 'each hash key has a kid of its own');
  for (const { kid, secret } of hashKeys) {
    assert(secret.length >= SECRET_LENGTH_MIN, `the secret of hash key ${kid} has at least ${SECRET_LENGTH_MIN} bytes`);
  }
  for (const name of replayedHeaders) validateHeaderName(name);
  assert(!replayedHeaders.includes('set-cookie'), 'a replayed Set-Cookie would give one session to another request');
  const first = hashKeys[0];
  assert(first, 'at least one hash key is needed');

  return { ...settings, hashKid: first.kid };
}

const REPLAYED_HEADERS = ['content-language', 'etag', 'last-modified', 'link', 'location'];

/** 128 bits: what an HMAC key must have so that guessing it is no shorter way than guessing the hash. */
const SECRET_LENGTH_MIN = 16;

function defaultStatusOf(outcome: FinalOutcome): number {
  return outcome.kind === 'settled' ? 200 : 409;
}
