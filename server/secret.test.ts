import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveSecrets, secretBeside } from './secret.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-secret-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the secret', () => {
  it('is made beside the database at the first start, for its owner alone, and kept', () => {
    const databaseFile = join(folder, 'payonce.db');
    const secret = secretBeside(databaseFile);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(secretBeside(databaseFile)).toBe(secret);
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('gives each purpose a key of its own, and a hash key the same name wherever it stands', () => {
    const [oldSecret, newSecret] = ['o'.repeat(32), 'n'.repeat(32)];
    const before = deriveSecrets([oldSecret]);
    const after = deriveSecrets([newSecret, oldSecret]);
    expect(after.hashKeys[1]).toEqual(before.hashKeys[0]);
    expect(after.hashKeys[0]?.kid).not.toBe(before.hashKeys[0]?.kid);
    expect(before.hashKeys[0]?.secret).not.toBe(before.sessionKeys[0]?.toString('base64'));
  });
});
