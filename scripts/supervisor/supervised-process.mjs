import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { inRoot, root } from '../root.mjs';

/** Polled, since a port that accepts says nothing about a migration that still runs. */
const healthEveryMs = 50;

const leash = pathToFileURL(inRoot('scripts', 'supervisor', 'leash.mjs')).href;

/**
 * One run of one process. `ready` resolves when its health URL answers 200; `exited` when it is gone, with how.
 * It gets a process group of its own: Ctrl-C reaches the supervisor alone, which then stops things in order.
 */
export function startProcess({ name, args, env, healthUrl }) {
  const child = spawn(process.execPath, ['--import', leash, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true,
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    // The supervisor says when all is ready, in one line for the person who waits. The check mark is Next's own.
    const words = stripVTControlCharacters(line);
    if (!words.startsWith(`${name} ready`) && !words.startsWith('✓ ')) console.log(line);
  });
  let isRunning = true;
  const exited = new Promise((resolve) => {
    child.once('error', (failure) => resolve({ code: 1, signal: null, failure }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  }).then((end) => {
    isRunning = false;
    return end;
  });
  return {
    exited,
    ready: untilHealthy(healthUrl, () => isRunning),
    async stop(graceMs) {
      if (!isRunning) return;
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(kill);
    },
  };
}

/** True once healthy, false when the process ended before that. */
async function untilHealthy(url, isRunning) {
  while (isRunning()) {
    if (await isHealthy(url)) return isRunning();
    await new Promise((resolve) => setTimeout(resolve, healthEveryMs));
  }
  return false;
}

async function isHealthy(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
