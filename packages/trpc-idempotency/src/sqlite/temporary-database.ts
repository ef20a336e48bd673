import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api';
import { type KeyFile, openKeyFile } from './key-file.ts';
import { completedRowsAreFinal, fencingSequence, idempotencyKeys } from './tables.ts';

/** A new, empty file of keys, deleted when it is closed. */
export async function openTemporaryDatabase(): Promise<KeyFile> {
  const folder = mkdtempSync(join(tmpdir(), 'idempotency-'));
  const database = openKeyFile(join(folder, 'keys.db'), await schemaStatements());
  return {
    ...database,
    close() {
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** From the tables themselves, as a host's migration is: checks and indexes are the real ones. */
async function schemaStatements(): Promise<string[]> {
  const empty = await generateSQLiteDrizzleJson({});
  const tables = await generateSQLiteDrizzleJson({ idempotencyKeys, fencingSequence }, empty.id);
  return [...(await generateSQLiteMigration(empty, tables)), completedRowsAreFinal];
}
