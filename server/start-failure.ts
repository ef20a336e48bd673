import { EnvError } from './env.ts';

/** What systems say of a folder that cannot be made, or of a path that is not one. */
const UNWRITABLE = new Set(['SQLITE_CANTOPEN', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST']);

/** Why a process cannot start: one sentence with what to do, or the whole error for what only a programmer can mend. */
export function startFailure(error: unknown): unknown {
  if (error instanceof EnvError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'The port is taken: set PORT to a free one, or stop what listens there.';
  if (typeof code === 'string' && UNWRITABLE.has(code)) {
    return 'The database folder cannot be written: set DATABASE_URL=file:<path> to one that can.';
  }
  if (code === 'SQLITE_NOTADB') {
    return 'The database file is something else: set DATABASE_URL=file:<path> to another, or move that file away.';
  }
  return error;
}
