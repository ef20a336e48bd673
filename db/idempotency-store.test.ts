import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { storeContract } from '@payonce/trpc-idempotency/testing';
import Sqlite from 'better-sqlite3';
import { describe, it } from 'vitest';
import { openDatabase } from './open.ts';
import { storeOn } from './testing/store-with-effects.ts';

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'payonce-store-'));
  const file = join(folder, 'payonce.db');
  const database = openDatabase({ file });
  return {
    file,
    ...storeOn(database),
    async close() {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

describe("the shop's own database, with shared commits and migrations as they run", () => {
  storeContract({
    describe,
    it,
    open,
    startProcess: ({ file }) =>
      fork(fileURLToPath(new URL('./testing/store-process.ts', import.meta.url)), [file], {
        execArgv: ['--import', 'tsx'],
      }),
    failures: {
      'locked by another process'({ file }) {
        const other = new Sqlite(file);
        other.exec('BEGIN IMMEDIATE');
        return () => other.close();
      },
    },
  });
});
