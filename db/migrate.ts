import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';

/** Two processes may start at once; the second waits for the first to finish its migrations. */
const LOCK_WAIT_MS = 10_000;

/**
 * Applies the committed migrations that the file has not seen, all in one transaction. It keeps the same table as
 * drizzle-kit does, but takes the write lock before it looks: drizzle's own migrator looks first, so two processes
 * that start together would both apply.
 */
export function migrateFile(file: string, migrationsFolder = join(process.cwd(), 'db/migrations')): void {
  const raw = new Sqlite(file, { timeout: LOCK_WAIT_MS });
  try {
    raw.pragma('journal_mode = WAL');
    raw.pragma('synchronous = FULL');
    // A migration that rebuilds a table drops the old one, and with foreign keys on that reaches into other tables.
    raw.pragma('foreign_keys = OFF');
    raw.transaction(() => applyMissing(raw, migrationsFolder)).immediate();
  } finally {
    raw.close();
  }
}

function applyMissing(raw: Sqlite.Database, migrationsFolder: string): void {
  raw.exec(
    'create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)',
  );
  const lastAppliedAt = raw
    .prepare<[], number | null>('select max(created_at) from __drizzle_migrations')
    .pluck()
    .get();
  const record = raw.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)');
  for (const migration of readMigrationFiles({ migrationsFolder })) {
    if (migration.folderMillis <= (lastAppliedAt ?? 0)) continue;
    for (const sqlText of migration.sql) raw.exec(sqlText);
    record.run(migration.hash, migration.folderMillis);
  }
}
