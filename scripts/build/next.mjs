import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlainFailure } from '../plain-failure.mjs';
import { inRoot, installed, root } from '../root.mjs';

/** `next build`, quiet unless it fails. */
export async function buildPages() {
  const before = readFileSync(inRoot('tsconfig.json'), 'utf8');
  const emptyFolder = mkdtempSync(join(tmpdir(), 'payonce-build-'));
  const databaseFile = join(emptyFolder, 'payonce.db');
  const { code, output } = await nextBuild({ DATABASE_URL: `file:${databaseFile}` });
  const isShopOpened = existsSync(databaseFile);
  rmSync(emptyFolder, { recursive: true, force: true });
  if (code !== 0) {
    console.error(output);
    throw new PlainFailure('The production build failed: mend what next build reports above.');
  }
  // Next renders pages while it builds. One that read the shop would migrate a database in use, and begin to work on it.
  if (isShopOpened) {
    throw new PlainFailure('next build opened the shop: a page that reads it waits for connection() first.');
  }
  // Next adds what it misses in tsconfig.json, and a checkout that every build makes dirty hides real changes.
  if (readFileSync(inRoot('tsconfig.json'), 'utf8') !== before) {
    throw new PlainFailure(
      'next build changed tsconfig.json: commit its change, so that a build leaves the tree clean.',
    );
  }
}

function nextBuild(settings) {
  const child = spawn(process.execPath, [installed('next', 'dist', 'bin', 'next'), 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
