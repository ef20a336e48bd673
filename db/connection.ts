import assert from 'node:assert/strict';
import type { Durability } from '@payonce/trpc-idempotency';
import type { Connection, Statement } from '@payonce/trpc-idempotency/sqlite';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';

/** Older builds carry a bug that can corrupt a WAL database when one connection writes while another checkpoints. */
const SQLITE_VERSION_MIN = '3.51.3';

/**
 * How long SQLite itself may wait for a lock. It waits on the event loop's thread and stops the whole server, so it
 * is kept short and the patience is in the write queue, which waits asynchronously.
 */
const BUSY_TIMEOUT_MS = 20;

export interface SqliteConnection {
  readonly raw: Sqlite.Database;
  /** Runs a statement at once; it is prepared the first time. */
  run<Params, Result>(statement: Statement<Params, Result>, params: Params): Result;
  /** Takes the write lock, or throws SQLITE_BUSY. What the transaction commits waits for the disk, or does not. */
  begin(durability: Durability): void;
  /** Each further step of a transaction, prepared once. */
  readonly step: Readonly<Record<Step, () => void>>;
  /** After a transaction, however it ended: the next one waits for the disk again. */
  ended(): void;
  close(): void;
}

/** IMMEDIATE takes the write lock at once; a deferred transaction that reads first cannot be made to wait for it. */
const STEPS = {
  begin: 'BEGIN IMMEDIATE',
  commit: 'COMMIT',
  beginJob: 'SAVEPOINT job',
  endJob: 'RELEASE job',
} as const;

type Step = keyof typeof STEPS;

export function openConnection(file: string, mode: 'write' | 'read', pagesMax?: number): SqliteConnection {
  const raw = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS, readonly: mode === 'read' });
  if (mode === 'write') prepareForWriting(raw);
  if (pagesMax !== undefined) raw.pragma(`max_page_count = ${pagesMax}`);
  const connection: Connection = drizzle(raw) as unknown as Connection;
  const prepared = new Map<object, (params: never) => unknown>();
  const step = stepsOn(raw);
  let isAtNormal = false;
  function waitForDisk(durability: Durability): void {
    if (!isAtNormal && durability === 'durable') return;
    // Until it is FULL again for certain it counts as not: nothing that is durable may begin before.
    isAtNormal = true;
    raw.exec(durability === 'durable' ? 'PRAGMA synchronous = FULL' : 'PRAGMA synchronous = NORMAL');
    isAtNormal = durability === 'deferred';
  }
  return {
    raw,
    run<Params, Result>(statement: Statement<Params, Result>, params: Params): Result {
      let run = prepared.get(statement) as ((params: Params) => Result) | undefined;
      if (!run) {
        run = statement.prepareOn(connection);
        prepared.set(statement, run as (params: never) => unknown);
      }
      return run(params);
    },
    step,
    begin(durability) {
      // SQLite takes no such order inside a transaction.
      waitForDisk(durability);
      try {
        step.begin();
      } catch (error) {
        this.ended();
        throw error;
      }
    },
    ended() {
      try {
        if (raw.open) waitForDisk('durable');
      } catch {
        // The transaction has ended as it has; the next one that is durable asks again, or does not begin.
      }
    },
    close: () => raw.close(),
  };
}

function stepsOn(raw: Sqlite.Database): SqliteConnection['step'] {
  const prepared = Object.entries(STEPS).map(([step, sql]) => {
    const statement = raw.prepare(sql);
    return [step, () => void statement.run()];
  });
  return Object.fromEntries(prepared) as SqliteConnection['step'];
}

function prepareForWriting(raw: Sqlite.Database): void {
  const version = raw.prepare<[], string>('select sqlite_version()').pluck().get() ?? '';
  assert(isAtLeast(version, SQLITE_VERSION_MIN), `SQLite ${version} is older than ${SQLITE_VERSION_MIN}`);

  const journal = raw.pragma('journal_mode = WAL', { simple: true });
  // An in-memory database answers 'memory': it has no journal that a crash could need.
  assert(journal === 'wal' || journal === 'memory', `journal_mode is ${String(journal)}, not wal`);

  // The driver is compiled to run WAL at NORMAL, where a power cut may take back a commit that was answered.
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('trusted_schema = OFF');
  assert.equal(raw.pragma('synchronous', { simple: true }), 2, 'synchronous is not FULL');
  assert.equal(raw.pragma('foreign_keys', { simple: true }), 1, 'foreign_keys is not ON');
}

function isAtLeast(version: string, least: string): boolean {
  return version.localeCompare(least, 'en', { numeric: true }) >= 0;
}
