import { type Placeholder, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

/** The connection a statement is prepared on, without schema: only the core query builder is used. */
export type Connection = BetterSQLite3Database<Record<string, never>>;

export type Placeholders<Params> = { readonly [Name in keyof Params & string]: Placeholder<Name, Params[Name]> };

/**
 * A query that is built and prepared once per connection. Building it per call costs 13 to 18 times a prepared one,
 * measured on this stack.
 */
export interface Statement<Params, Result> {
  /**
   * The statement runs when the returned function is called, not when its result is awaited: a query that nobody
   * awaited must not run after its transaction has ended.
   */
  prepareOn(connection: Connection): (params: Params) => Result;
}

/** What can be asked: a transaction or a read-only connection. A transaction that has ended throws. */
export interface Queries {
  query<Params, Result>(statement: Statement<Params, Result>, params: Params): Promise<Result>;
}

export function statement<Params, Result>(
  build: (
    connection: Connection,
    placeholders: Placeholders<Params>,
  ) => { execute(values?: Record<string, unknown>): PromiseLike<Result> & { sync(): Result } },
): Statement<Params, Result> {
  return {
    prepareOn(connection) {
      const query = build(connection, placeholders as Placeholders<Params>);
      return (params) => query.execute(params as Record<string, unknown>).sync();
    },
  };
}

/** Any name gives its placeholder, so that a statement's parameters are written once, in its type. */
const placeholders: unknown = new Proxy(
  {},
  {
    get: (_target, name) => sql.placeholder(String(name)),
    ownKeys() {
      throw new Error('Placeholders are named one by one: spread or passed whole, there is nothing to read them from.');
    },
  },
);
