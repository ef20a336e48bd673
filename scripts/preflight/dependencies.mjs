import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlainFailure } from '../plain-failure.mjs';
import { inRoot, root } from '../root.mjs';

/** Installs what the lock names and `node_modules` lacks. `dev: false` leaves a production install as it is. */
export async function installDependencies({ dev }) {
  if (isInstalled({ dev })) return;
  console.log('Installing dependencies…');
  // `npm ci` begins by throwing away what is there; this adds what is missing, and changes neither file.
  const { ok, output, log } = await npm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  if (!ok) throw new PlainFailure(explain(output, log));
}

/** npm notes in a hidden lock what it has installed. Reading it costs milliseconds and is right after `npm ci` too. */
function isInstalled({ dev }) {
  const installedLock = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  return isComplete(readPackages(installedLock), readPackages(inRoot('package-lock.json')), { dev });
}

/** Both arguments are the `packages` of a lock, by path. What is optional may be for another platform. */
export function isComplete(installed, wanted, { dev }) {
  return Object.entries(wanted).every(
    ([path, entry]) =>
      !path.startsWith('node_modules/') ||
      entry.optional ||
      ((entry.dev || entry.devOptional) && !dev) ||
      (installed[path] && installed[path].version === entry.version),
  );
}

const readPackages = (lock) => JSON.parse(readFileSync(lock, 'utf8')).packages;

/** Runs npm quietly; its output goes to a log, so that a failure can be said in one sentence. */
export async function npm(args) {
  const log = join(tmpdir(), `payonce-npm-${process.pid}.log`);
  const file = createWriteStream(log);
  let output = '';
  const child = spawn('npm', args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      file.write(chunk);
      output += chunk;
    });
  }
  const ok = await new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
  await new Promise((resolve) => file.end(resolve));
  return { ok, output, log };
}

export function explain(output, log) {
  if (/gyp|prebuild-install|better-sqlite3/.test(output)) {
    return (
      'The database module better-sqlite3 could neither be downloaded ready-made nor be compiled: install a compiler ' +
      '(Debian or Ubuntu: apt-get install build-essential python3; macOS: xcode-select --install; Windows: the ' +
      `"Desktop development with C++" build tools) or allow access to github.com, and run the same command again. Details: ${log}`
    );
  }
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET/.test(output)) {
    return `The npm registry could not be reached: check the network or npm's proxy settings and run the same command again. Details: ${log}`;
  }
  return `npm could not install the dependencies: run "npm install --no-save" and mend what it reports. Details: ${log}`;
}
