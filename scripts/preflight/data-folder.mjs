import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlainFailure } from '../plain-failure.mjs';

/** Writes and removes a file where the databases will be: permission bits do not tell what a mount forbids. */
export function checkDataFolder(folder) {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    makeFolder(folder);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (failure) {
    throw new PlainFailure(
      `The data folder ${folder} cannot be written (${failure.code}): make it writable for this user, or name another ` +
        'place with DATABASE_URL=file:/some/folder/payonce.db.',
    );
  }
}

/** Step by step, because where the system itself refuses, as under /proc, Node's recursive way tries for ever. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
