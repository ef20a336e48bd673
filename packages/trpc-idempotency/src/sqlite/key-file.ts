import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Connection, Queries, Statement } from './statement.ts';

/** A host's database as small as it can be: what a store asks of it, and no more. */
export interface KeyFile {
  readonly file: string;
  /** One transaction after another, `BEGIN IMMEDIATE`, rolled back when the job fails. */
  write<T>(job: (tx: Queries) => Promise<T>): Promise<T>;
  readonly reader: Queries;
  /** For the tests' own tables and for looking underneath. */
  readonly raw: Sqlite.Database;
  close(): void;
}

/** One more process, or the first, on a file of keys. */
export function openKeyFile(file: string, schema: readonly string[] = []): KeyFile {
  const raw = new Sqlite(file);
  raw.pragma('journal_mode = WAL');
  // Durability is not what these tests are about, and each fsync would be waited for.
  raw.pragma('synchronous = OFF');
  for (const statement of schema) raw.exec(statement);
  const reading = new Sqlite(file, { readonly: true });

  const tx = queriesOn(raw);
  let last: Promise<unknown> = Promise.resolve();
  async function runAlone<T>(job: (tx: Queries) => Promise<T>): Promise<T> {
    raw.exec('BEGIN IMMEDIATE');
    try {
      const result = await job(tx);
      raw.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk has SQLite roll back by itself.
      if (raw.inTransaction) raw.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    file,
    write(job) {
      const turn = last.then(() => runAlone(job));
      last = turn.catch(() => undefined);
      return turn;
    },
    reader: queriesOn(reading),
    raw,
    close() {
      reading.close();
      raw.close();
    },
  };
}

function queriesOn(raw: Sqlite.Database): Queries {
  const connection: Connection = drizzle(raw);
  const prepared = new Map<object, (params: never) => unknown>();
  return {
    async query<Params, Result>(statement: Statement<Params, Result>, params: Params): Promise<Result> {
      const known = prepared.get(statement) as ((params: Params) => Result) | undefined;
      const run = known ?? statement.prepareOn(connection);
      prepared.set(statement, run as (params: never) => unknown);
      return run(params);
    },
  };
}
