import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What is measured where an fsync takes 1 ms more. The delay is preloaded below SQLite, which waits as for a common SSD.
 *
 * @param measure is given the environment for the processes that are to have the slow disk.
 * @returns undefined where no C compiler makes what this system preloads: nothing else can delay an fsync.
 */
export async function onSlowDisk<T>(measure: (settings: Record<string, string>) => Promise<T>): Promise<T | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'payonce-bench-'));
  try {
    const library = compiled(folder);
    if (library !== undefined) return await measure({ LD_PRELOAD: library, SLOW_FSYNC_US: '1000' });
    console.log('A slow disk needs Linux and a C compiler (cc): it is left out.');
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compiled(folder: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const library = join(folder, 'slow-fsync.so');
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, 'bench/slow-fsync.c', '-ldl']);
    return library;
  } catch {
    return undefined;
  }
}
