import { spawnSync } from 'node:child_process';
import { PlainFailure } from '../plain-failure.mjs';
import { root } from '../root.mjs';
import { npm } from './dependencies.mjs';

/** Opens a database in a process of its own: a native module built for another Node can end the process without a word. */
export async function checkNativeModule() {
  if (opens()) return;
  // Most often Node was updated since the install; the module is compiled against one version of it.
  console.log('Rebuilding better-sqlite3 for this Node…');
  const { log } = await npm(['rebuild', 'better-sqlite3', '--loglevel=error']);
  if (opens()) return;
  throw new PlainFailure(
    `The database module better-sqlite3 does not run on Node ${process.versions.node}: install a compiler (Debian or ` +
      'Ubuntu: apt-get install build-essential python3; macOS: xcode-select --install) or use a Node release that it ' +
      `has a ready-made build for (20, 22 or 24), then delete node_modules and run the same command again. Details: ${log}`,
  );
}

function opens() {
  const open = "new (require('better-sqlite3'))(':memory:').prepare('select 1').get()";
  return spawnSync(process.execPath, ['-e', open], { cwd: root, stdio: 'ignore' }).status === 0;
}
