import { AsyncLocalStorage } from 'node:async_hooks';
import type { Queries } from '@payonce/trpc-idempotency/sqlite';
import type { SqliteConnection } from './connection.ts';
import { sqliteCode, storageError } from './storage-unavailable.ts';

/** A write transaction. It ends when its job settles; used after that, it throws. */
export interface Tx extends Queries {
  readonly isTransaction: true;
}

export interface WriteQueueOptions {
  /** Opens the one connection that writes; called again after an I/O error at COMMIT. */
  readonly open: () => SqliteConnection;
  /** How long a job waits for another process's lock before it is answered as unavailable. Default 5 s. */
  readonly lockWaitMs?: number;
  readonly onCommit: () => void;
}

/** Half the per-try timeout of our own client, so that the answer 503 still finds somebody listening. */
const LOCK_WAIT_MS = 2_500;

/** Between two looks at a lock that another process holds. Short, because a commit takes less than this. */
const LOCK_POLL_MS = 5;

/** SQLite's names for the numbers that the pragma answers with. */
const SYNCHRONOUS_LEVELS = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];

/** Whose job the running code belongs to. What a job leaves behind, such as a timer, may write once the job is over. */
const currentJob = new AsyncLocalStorage<{ isRunning: boolean }>();

/** One writer, one transaction at a time, in the order of arrival. */
export class WriteQueue {
  readonly #options: WriteQueueOptions;
  #connection: SqliteConnection;
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: WriteQueueOptions) {
    this.#options = options;
    this.#connection = options.open();
  }

  write<T>(job: (tx: Tx) => Promise<T>): Promise<T> {
    if (currentJob.getStore()?.isRunning) {
      throw new Error('A write was started inside a write. It would wait for itself: use the transaction you have.');
    }
    if (this.#closed) throw new Error('The database is closed.');
    const result = this.#tail.then(() => this.#run(job));
    this.#tail = result.catch(() => {});
    return result;
  }

  durability(): { journalMode: string; synchronous: string } {
    const level = Number(this.#connection.raw.pragma('synchronous', { simple: true }));
    return {
      journalMode: String(this.#connection.raw.pragma('journal_mode', { simple: true })),
      synchronous: SYNCHRONOUS_LEVELS[level] ?? String(level),
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#tail;
    this.#connection.close();
  }

  async #run<T>(job: (tx: Tx) => Promise<T>): Promise<T> {
    await this.#begin();
    const running = { isRunning: true };
    let value: T;
    try {
      value = await settledThisTurn(currentJob.run(running, async () => job(this.#transaction(running))));
    } catch (error) {
      this.#rollBack();
      throw storageError(error);
    } finally {
      running.isRunning = false;
    }
    this.#commit();
    this.#options.onCommit();
    return value;
  }

  #transaction(running: { readonly isRunning: boolean }): Tx {
    const connection = this.#connection;
    return {
      isTransaction: true,
      async query(statement, params) {
        if (!running.isRunning) throw new Error('This transaction has ended. A query after it would stand outside it.');
        return connection.run(statement, params);
      },
    };
  }

  /** IMMEDIATE takes the write lock at once; a deferred transaction that reads first cannot be made to wait for it. */
  async #begin(): Promise<void> {
    const patienceEndsAt = performance.now() + (this.#options.lockWaitMs ?? LOCK_WAIT_MS);
    for (;;) {
      try {
        this.#connection.raw.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        const isBusy = sqliteCode(error)?.startsWith('SQLITE_BUSY') === true;
        if (!isBusy || performance.now() >= patienceEndsAt) throw storageError(error);
        await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
      }
    }
  }

  #commit(): void {
    try {
      this.#connection.raw.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      if (sqliteCode(error)?.startsWith('SQLITE_IOERR')) this.#reopen();
      throw storageError(error);
    }
  }

  #rollBack(): void {
    // A full disk or an I/O error may have ended the transaction already.
    if (this.#connection.raw.inTransaction) this.#connection.raw.exec('ROLLBACK');
  }

  /** After an I/O error at COMMIT only a fresh look at the file can tell whether the commit took effect. */
  #reopen(): void {
    this.#connection.close();
    this.#connection = this.#options.open();
  }
}

/**
 * Statements settle in microtasks, and those all run before the next turn of the event loop. A job that has not
 * settled by then waits for something that is not the database, while every other write waits for it.
 */
async function settledThisTurn<T>(job: Promise<T>): Promise<T> {
  let turn: NodeJS.Immediate | undefined;
  const nextTurn = new Promise<never>((_resolve, reject) => {
    turn = setImmediate(() => {
      reject(new Error('A transaction awaited something other than the database. It was rolled back.'));
    });
  });
  try {
    return await Promise.race([job, nextTurn]);
  } finally {
    clearImmediate(turn);
  }
}
