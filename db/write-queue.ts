import { AsyncLocalStorage } from 'node:async_hooks';
import type { Durability } from '@payonce/trpc-idempotency';
import type { Queries } from '@payonce/trpc-idempotency/sqlite';
import type { SqliteConnection } from './connection.ts';
import { sqliteCode, storageError } from './storage-unavailable.ts';

/** A write transaction. It ends when its job settles; used after that, it throws. */
export interface Tx extends Queries {
  readonly isTransaction: true;
  /** Tells whoever listens for commits what is in this one. Of what is rolled back nobody hears. */
  announce(news: News): void;
}

/** What somebody waits for, and would otherwise look for after each commit. */
export type News = 'message-enqueued';

export interface WriteQueueOptions {
  /** Opens the one connection that writes; called again after an I/O error at COMMIT. */
  readonly open: () => SqliteConnection;
  /** What it throws is nobody's write, and is lost. */
  readonly onCommit: (news: ReadonlySet<News>) => void;
  /** Jobs that may share one commit. Default 64; 1 gives each job a commit of its own. */
  readonly jobsPerCommitMax?: number;
}

/** Half the per-try timeout of our own client, so that the answer 503 still finds somebody listening. */
const LOCK_WAIT_MS = 2_500;

/** Between two looks at a lock that another process holds. Short, because a commit takes less than this. */
const LOCK_POLL_MS = 5;

/** A group holds up the event loop for as long as its statements take; 64 payments' worth is a few milliseconds. */
const JOBS_PER_COMMIT_MAX = 64;

/** SQLite's names for the numbers that the pragma answers with. */
const SYNCHRONOUS_LEVELS = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];

/** Whose job the running code belongs to. What a job leaves behind, such as a timer, may write once the job is over. */
const currentJob = new AsyncLocalStorage<Running | undefined>();

interface Running {
  isRunning: boolean;
  readonly news: News[];
  /** What SQLite ended the transaction with, for all its jobs: a full disk, an I/O error. */
  endedBy?: unknown;
}

interface Job {
  readonly durability: Durability;
  readonly run: (tx: Tx) => Promise<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Done {
  readonly job: Job;
  readonly value: unknown;
  readonly news: readonly News[];
}

/**
 * One writer. All jobs that wait in one turn of the event loop share one transaction, each in a savepoint of its own,
 * and so one fsync:
 *
 *   BEGIN IMMEDIATE ─ SAVEPOINT ─ job 1 ─ RELEASE ─ SAVEPOINT ─ job 2 ─ ROLLBACK TO ─ … ─ COMMIT ─► 1 done, 2 failed
 *
 * A job that comes alone has the transaction to itself. Nobody is answered before the shared COMMIT, which waits for the
 * disk unless all of its jobs are deferred. The queue is drained by setImmediate: a microtask would drain it before the
 * sockets of the same turn have been read, and gather one job where this gathers many.
 */
export class WriteQueue {
  readonly #options: WriteQueueOptions;
  #connection: SqliteConnection;
  #waiting: Job[] = [];
  #draining: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: WriteQueueOptions) {
    this.#options = options;
    this.#connection = options.open();
  }

  write<T>(run: (tx: Tx) => Promise<T>, durability: Durability = 'durable'): Promise<T> {
    if (currentJob.getStore()?.isRunning) {
      throw new Error('A write was started inside a write. It would wait for itself: use the transaction you have.');
    }
    if (this.#isClosed) throw new Error('The database is closed.');
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ run, durability, resolve, reject });
      // Not `exit`, which turns all hooks of the process off and on again.
      this.#draining ??= currentJob.run(undefined, () => this.#drain());
    });
  }

  durability(): { journalMode: string; synchronous: string } {
    const level = Number(this.#connection.raw.pragma('synchronous', { simple: true }));
    return {
      journalMode: String(this.#connection.raw.pragma('journal_mode', { simple: true })),
      synchronous: SYNCHRONOUS_LEVELS[level] ?? String(level),
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#draining;
    this.#connection.close();
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        await new Promise((resolve) => setImmediate(resolve));
        const group = this.#waiting.splice(0, this.#options.jobsPerCommitMax ?? JOBS_PER_COMMIT_MAX);
        await this.#runGroup(group).catch((error: unknown) => this.#giveUp(group, error));
      }
    } finally {
      this.#draining = undefined;
    }
  }

  /** After what nobody foresaw. Whoever has been answered stays so, and an open transaction would stop the next group. */
  #giveUp(group: readonly Job[], error: unknown): void {
    for (const job of group) job.reject(error);
    this.#rollBack('ROLLBACK');
  }

  async #runGroup(group: Job[]): Promise<void> {
    try {
      await this.#begin(group.some(({ durability }) => durability === 'durable') ? 'durable' : 'deferred');
    } catch (error) {
      for (const job of group) job.reject(storageError(error));
      return;
    }
    const done: Done[] = [];
    for (const [position, job] of group.entries()) {
      try {
        done.push(await this.#runJob(job, { isAlone: group.length === 1 }));
      } catch (error) {
        job.reject(storageError(error));
        if (this.#connection.raw.inTransaction) continue;
        // A full disk or an I/O error ended the transaction for all: what was done is undone, what has not begun may.
        this.#connection.ended();
        for (const { job: undone } of done) undone.reject(storageError(error));
        this.#waiting.unshift(...group.slice(position + 1));
        return;
      }
    }
    this.#commit(done);
  }

  /** In a savepoint of its own, or in the whole transaction when there is no other job to be kept from its failure. */
  async #runJob(job: Job, { isAlone }: { readonly isAlone: boolean }): Promise<Done> {
    const { step } = this.#connection;
    const running: Running = { isRunning: true, news: [] };
    if (!isAlone) step.beginJob();
    try {
      const value = await settledThisTurn(currentJob.run(running, async () => job.run(this.#transaction(running))));
      if (running.endedBy !== undefined) throw running.endedBy;
      if (!isAlone) step.endJob();
      return { job, value, news: running.news };
    } catch (error) {
      this.#rollBack(isAlone ? 'ROLLBACK' : 'ROLLBACK TO job; RELEASE job');
      throw error;
    } finally {
      running.isRunning = false;
    }
  }

  /** A connection that cannot even do this would commit what has failed. To close it ends its transaction for all. */
  #rollBack(command: string): void {
    const { raw } = this.#connection;
    try {
      if (raw.inTransaction) raw.exec(command);
    } catch {
      this.#connection.close();
    }
  }

  #transaction(running: Running): Tx {
    const connection = this.#connection;
    return {
      isTransaction: true,
      announce(news) {
        if (!running.isRunning) throw new Error('This transaction has ended. What comes after it is not in it.');
        running.news.push(news);
      },
      async query(statement, params) {
        if (!running.isRunning) throw new Error('This transaction has ended. A query after it would stand outside it.');
        // A job that goes on all the same would commit each further statement by itself.
        if (running.endedBy !== undefined) throw running.endedBy;
        try {
          return connection.run(statement, params);
        } catch (error) {
          if (!connection.raw.inTransaction) running.endedBy = error;
          throw error;
        }
      },
    };
  }

  async #begin(durability: Durability): Promise<void> {
    const patienceEndsAt = performance.now() + LOCK_WAIT_MS;
    for (;;) {
      try {
        if (!this.#connection.raw.open) this.#connection = this.#options.open();
        this.#connection.begin(durability);
        return;
      } catch (error) {
        const isBusy = sqliteCode(error)?.startsWith('SQLITE_BUSY') === true;
        if (!isBusy || performance.now() >= patienceEndsAt) throw error;
        await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
      }
    }
  }

  #commit(done: readonly Done[]): void {
    try {
      this.#connection.step.commit();
      this.#connection.ended();
    } catch (error) {
      this.#rollBack('ROLLBACK');
      this.#connection.ended();
      // After an I/O error at COMMIT only a fresh look at the file can tell whether the commit took effect.
      if (sqliteCode(error)?.startsWith('SQLITE_IOERR')) this.#connection.close();
      for (const { job } of done) job.reject(storageError(error));
      return;
    }
    for (const { job, value } of done) job.resolve(value as never);
    if (done.length > 0) this.#options.onCommit(new Set(done.flatMap(({ news }) => news)));
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
