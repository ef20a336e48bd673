import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

export type SandboxDatabase = Database.Database;

/** Opens the outside world's own file, which outlives the shop: what the provider did stays done when the shop dies. */
export function openSandboxDatabase(file: string): SandboxDatabase {
  try {
    return open(file);
  } catch (cause) {
    const why = (cause as Error).message;
    throw new Error(`${file} cannot be used (${why}); set SANDBOX_FILE to a file in a folder it may write.`, { cause });
  }
}

function open(file: string): SandboxDatabase {
  mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  // better-sqlite3 runs WAL at NORMAL unless told otherwise, and a charge that was answered must survive a power cut.
  database.pragma('synchronous = FULL');
  layOut(database);
  return database;
}

/** A world laid out by another version cannot be read by this one. It is made of test data, so it starts anew. */
function layOut(database: SandboxDatabase): void {
  database.transaction(() => {
    if (database.pragma('user_version', { simple: true }) === layoutVersion) return;
    for (const table of tableNames) database.exec(`DROP TABLE IF EXISTS ${table}`);
    database.exec(tables);
    database.pragma(`user_version = ${layoutVersion}`);
  })();
}

/** Raised with every change of the tables below. */
const layoutVersion = 2;
const tableNames = ['ledger', 'idempotency_keys', 'webhook_deliveries', 'messages'];

/** Forgets every payment, key, event and message. */
export function eraseSandbox(database: SandboxDatabase): void {
  database.transaction(() => {
    for (const table of tableNames) database.exec(`DELETE FROM ${table}`);
  })();
}

/**
 * `ledger` only grows: each change of an object is a new row, so that a replica that lags can still see the old one.
 * `position` is the order in which objects were born and stays the same over all rows of an object. `is_shared` rows
 * are known to every replica at once.
 */
const tables = `
  CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    created INTEGER NOT NULL,
    transfer_group TEXT,
    payment_intent TEXT,
    charge TEXT,
    body TEXT NOT NULL,
    is_shared INTEGER NOT NULL,
    replica TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    lag_ms INTEGER NOT NULL
  );
  CREATE INDEX ledger_by_id ON ledger (id, seq);
  CREATE INDEX ledger_by_kind ON ledger (kind, position);
  CREATE INDEX ledger_by_transfer_group ON ledger (transfer_group, kind, position);
  CREATE INDEX ledger_by_payment_intent ON ledger (payment_intent, kind, position);

  CREATE TABLE idempotency_keys (
    key TEXT NOT NULL,
    replica TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    request_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    lag_ms INTEGER NOT NULL,
    PRIMARY KEY (key, replica)
  );
  CREATE INDEX idempotency_keys_by_age ON idempotency_keys (written_at);

  CREATE TABLE webhook_deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
  );

  CREATE TABLE messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    recipients TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    deliveries INTEGER NOT NULL
  );
`;
