import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Durability } from '@payonce/trpc-idempotency';
import type { Queries } from '@payonce/trpc-idempotency/sqlite';
import { openConnection } from './connection.ts';
import { migrateFile } from './migrate.ts';
import { storageError } from './storage-unavailable.ts';
import { type News, type Tx, WriteQueue } from './write-queue.ts';

export type { Queries } from '@payonce/trpc-idempotency/sqlite';
export { StorageUnavailableError } from './storage-unavailable.ts';
export type { Tx } from './write-queue.ts';

export interface Database {
  /**
   * The one way to write. Jobs run one after another, each in its own transaction: all of it is committed when the
   * promise resolves, nothing when it rejects. A job awaits nothing but its own queries.
   *
   * `durability`: default `durable`, which is on the disk then. See docs/decisions/0009.
   *
   * Throws at once when called inside a job. Rejects with StorageUnavailableError when the database is busy, full or
   * in error; when that came from COMMIT the outcome is unknown, so read before you repeat.
   */
  write<T>(job: (tx: Tx) => Promise<T>, durability?: Durability): Promise<T>;
  /** A connection that cannot write, and that a running transaction does not hold up. */
  readonly reader: Queries;
  /** Called after each commit, with what its jobs announced; returns how to stop listening. */
  onCommit(listener: (news: ReadonlySet<News>) => void): () => void;
  /** How the writing connection is set right now, for health checks: `{ journalMode: 'wal', synchronous: 'FULL' }`. */
  durability(): JournalSettings;
  close(): Promise<void>;
}

interface JournalSettings {
  readonly journalMode: string;
  readonly synchronous: string;
}

export interface OpenOptions {
  readonly file: string;
  /** Pages of 4 KiB that the file may grow to; past that a write is answered as unavailable. Default: no limit. */
  readonly pagesMax?: number;
  /** Told of what a listener for commits threw, which is nobody's write. Default: nobody is. */
  readonly onListenerFailed?: (error: unknown) => void;
}

/** Opens the file, makes its folder and brings its schema up to date. */
export function openDatabase({ file, pagesMax, onListenerFailed }: OpenOptions): Database {
  makeFolder(dirname(file));
  migrateFile(file);
  // The file holds e-mail addresses and answers of payments: it is nobody's business but the shop's.
  chmodSync(file, 0o600);

  const listeners = new Set<(news: ReadonlySet<News>) => void>();
  const writer = new WriteQueue({
    open: () => openConnection(file, 'write', pagesMax),
    onCommit: (news) => {
      for (const listener of listeners) {
        try {
          listener(news);
        } catch (error) {
          onListenerFailed?.(error);
        }
      }
    },
  });
  const reading = openConnection(file, 'read');

  return {
    write: (job, durability) => writer.write(job, durability),
    reader: {
      async query(statement, params) {
        try {
          return reading.run(statement, params);
        } catch (error) {
          throw storageError(error);
        }
      },
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    durability: () => writer.durability(),
    async close() {
      await writer.close();
      reading.close();
    },
  };
}

/** Step by step, because where the system itself refuses, as under /proc, Node's recursive way tries for ever. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Two processes may start at once, and one of them makes it.
    if (!existsSync(folder)) throw error;
  }
}
