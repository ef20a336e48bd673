import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PlainFailure } from '../plain-failure.mjs';
import { installed, root } from '../root.mjs';

/**
 * A Chromium for the tests, installed when there is none. Returns the path to run, or undefined for the one that
 * Playwright keeps itself. Tests without a browser would prove nothing, so there is no third way.
 */
export async function findBrowser() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (runs(chosen)) return chosen;
    throw new PlainFailure(
      `CHROMIUM_PATH is ${chosen}, which does not run: point it at a Chromium or Chrome, or unset it.`,
    );
  }
  const found = systemBrowser();
  if (found) return found;
  if (await hasPlaywrightBrowser()) return undefined;
  console.log('Installing a browser for the tests…');
  if (installWithApt()) {
    const fromApt = systemBrowser();
    if (fromApt) return fromApt;
  }
  if (installWithPlaywright()) return undefined;
  throw new PlainFailure(
    'The tests need a Chromium and none could be installed: install one (Debian or Ubuntu: apt-get install chromium; ' +
      'anywhere: npx playwright install --with-deps chromium) or name one with CHROMIUM_PATH=/path/to/chrome.',
  );
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function systemBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path) && runs(path));
}

/** On some systems `chromium` is a script that only asks for a package to be installed; what runs says its version. */
function runs(path) {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /chrom/i.test(stdout);
}

async function hasPlaywrightBrowser() {
  const { chromium } = await import('@playwright/test');
  return existsSync(chromium.executablePath());
}

function installWithApt() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '-q', 'chromium'], { env, stdio: 'ignore' }).status === 0;
  return install() || (spawnSync('apt-get', ['update', '-q'], { env, stdio: 'ignore' }).status === 0 && install());
}

function installWithPlaywright() {
  const args = [installed('@playwright', 'test', 'cli.js'), 'install', 'chromium'];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' }).status === 0;
}
