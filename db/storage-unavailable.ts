/**
 * The database is busy, full or in error. Whether the write took effect is unknown when the error came from COMMIT,
 * so it is answered as 503 with the same key and never as a failure.
 */
export class StorageUnavailableError extends Error {
  override readonly name = 'StorageUnavailableError';
  /** SQLite's own code, such as SQLITE_BUSY. */
  readonly sqliteCode: string;

  constructor(sqliteCode: string, cause: unknown) {
    super(`Storage is unavailable: ${sqliteCode}`, { cause });
    this.sqliteCode = sqliteCode;
  }
}

/** Codes that say nothing about the statement and everything about the disk or the lock. */
const UNAVAILABLE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|PROTOCOL|NOMEM|NOTADB|CORRUPT)/;

/** Gives the error that the rest of the shop knows; anything that is not about storage is passed on as it was. */
export function storageError(error: unknown): unknown {
  const code = sqliteCode(error);
  return code !== undefined && UNAVAILABLE.test(code) ? new StorageUnavailableError(code, error) : error;
}

/** The SQLite code of an error, also when a query builder has wrapped it. */
export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')) return error.code;
  return sqliteCode(error.cause);
}
