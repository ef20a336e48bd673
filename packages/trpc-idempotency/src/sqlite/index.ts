export { type Connection, type Placeholders, type Queries, type Statement, statement } from './statement.ts';
export { createSqliteStore, type SqliteStoreOptions } from './store.ts';
export { completedRowsAreFinal, fencingSequence, idempotencyKeys, type ResponseBody } from './tables.ts';
