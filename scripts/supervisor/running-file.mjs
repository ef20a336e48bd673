import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Says beside the data who has it open, so that `npm run demo:reset` can ask that supervisor. */
const fileIn = (dataFolder) => join(dataFolder, 'running.json');

export function noteRunning(dataFolder, startedAt) {
  writeFileSync(fileIn(dataFolder), JSON.stringify({ pid: process.pid, startedAt }));
}

export function noteStopped(dataFolder) {
  rmSync(fileIn(dataFolder), { force: true });
}

/** The supervisor that runs on this data, or undefined. A file left by a killed one names a process that is gone. */
export function findRunning(dataFolder) {
  try {
    const running = JSON.parse(readFileSync(fileIn(dataFolder), 'utf8'));
    process.kill(running.pid, 0);
    return running;
  } catch {
    return undefined;
  }
}
