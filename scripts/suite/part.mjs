import { spawn } from 'node:child_process';
import { root } from '../root.mjs';

/** A hung part must not hold the sum for ever. The whole run is meant to stay under 20 minutes. */
const partMs = 15 * 60_000;

/** Runs one command of the suite with its output shown; resolves to whether it succeeded. */
export function runPart(args, { env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' });
    const limit = setTimeout(() => {
      console.error(`Stopped after ${partMs / 60_000} minutes: ${args.join(' ')}`);
      child.kill('SIGTERM');
    }, partMs);
    child.on('error', () => resolve(false));
    child.on('exit', (code) => {
      clearTimeout(limit);
      resolve(code === 0);
    });
  });
}
