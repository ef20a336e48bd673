import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Json } from './record.ts';

/** A secret and the name it is remembered by. The first of a list makes new hashes, all of them are compared with. */
export interface HashKey {
  readonly kid: string;
  readonly secret: string | Uint8Array;
}

export interface HashedRequest {
  readonly operation: { readonly name: string; readonly version: number };
  /** The parsed input: two bodies that mean the same to the schema are the same request. */
  readonly input: Json;
}

/**
 * HMAC-SHA-256 over operation, version and canonical input. Keyed, because a plain hash of an amount and an email is
 * guessed by trying; canonical (RFC 8785), because the order of properties says nothing.
 *
 * @returns the hash, in base64url, that `kid` and `schemaVersion` give; undefined when the key was retired or the
 * version is newer than this code, as what cannot be compared must not be replayed.
 */
export function requestHasher(hashKeys: readonly HashKey[], { operation, input }: HashedRequest) {
  // A claim may look at its key twice, before and inside its transaction; the hash is made once.
  const made = new Map<string, string>();

  return (kid: string, schemaVersion: number): string | undefined => {
    const hashKey = hashKeys.find((candidate) => candidate.kid === kid);
    if (hashKey === undefined || schemaVersion > operation.version) return undefined;

    const name = `${schemaVersion} ${kid}`;
    const known = made.get(name);
    if (known !== undefined) return known;
    const content = canonicalize({ operation: operation.name, version: schemaVersion, input });
    const hash = createHmac('sha256', keyOf(hashKey)).update(`${DOMAIN}\n${content}`).digest('base64url');
    made.set(name, hash);
    return hash;
  };
}

/** Node prepares a key once and not for each hash, when it is handed one that is prepared. */
function keyOf(hashKey: HashKey): KeyObject {
  let key = prepared.get(hashKey);
  if (!key) {
    key = createSecretKey(Buffer.from(hashKey.secret));
    prepared.set(hashKey, key);
  }
  return key;
}

const prepared = new WeakMap<HashKey, KeyObject>();

/** Said first in every hash, so that the same secret used elsewhere never makes one of ours. */
const DOMAIN = 'trpc-idempotency/request-hash/1';
