import { rmSync } from 'node:fs';

/** Removes what shop and sandbox remember. Only while neither runs: a database must not lose its file while open. */
export function removeData({ databaseFile, sandboxFile }) {
  for (const file of [databaseFile, sandboxFile]) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  }
}
