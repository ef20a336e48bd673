import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HashKey } from '@payonce/trpc-idempotency';
import { EnvError } from './env.ts';

export interface Secrets {
  /** Sign and verify session cookies; the first signs. */
  readonly sessionKeys: readonly Buffer[];
  /** Hash the inputs of keyed requests; the first makes new hashes. */
  readonly hashKeys: readonly HashKey[];
}

/**
 * Two keys for two purposes from each secret, so that one cannot stand in for the other. The id of a hash key derives
 * from its secret too: rotating means putting a new secret in front, and a row still names the key it was hashed with.
 */
export function deriveSecrets(secrets: readonly string[]): Secrets {
  return {
    sessionKeys: secrets.map((secret) => derive(secret, 'payonce session cookie')),
    hashKeys: secrets.map((secret) => ({
      kid: createHash('sha256').update(`payonce kid ${secret}`).digest('hex').slice(0, 16),
      secret: derive(secret, 'payonce request hash').toString('base64'),
    })),
  };
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}

/** 256 bits: as many as the keys that derive from it. */
const SECRET_BYTES = 32;

/** The secret beside the database, made on the first start. Readable by its owner alone. */
export function secretBeside(databaseFile: string): string {
  const file = join(dirname(databaseFile), 'secret');
  try {
    // Exclusive, so that of two processes that start at once one makes it and the other reads it.
    writeFileSync(file, randomBytes(SECRET_BYTES).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const secret = readFileSync(file, 'utf8').trim();
  // A crash or a full disk at the first start leaves a file without its secret: an empty one would sign for anybody.
  if (secret.length < SECRET_BYTES * 2) throw new EnvError(`The secret in ${file} is cut short: delete the file.`);
  return secret;
}
