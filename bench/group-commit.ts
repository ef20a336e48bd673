import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure } from './figures.ts';
import { type Measured, median, ratioOf } from './rounds.ts';

const run = promisify(execFile);

/** What it is worth that all transactions which wait in one turn share a commit, on this disk and on a slow one. */
export async function groupCommit(): Promise<Figure[]> {
  const figures = [figureOf('on this disk', await rounds({}), { atLeast: 2 })];
  const folder = mkdtempSync(join(tmpdir(), 'payonce-bench-'));
  try {
    const slowFsync = compiled(folder);
    if (slowFsync === undefined) {
      console.log('There is no C compiler (cc), so the slow disk is left out: nothing else can delay an fsync.');
      return figures;
    }
    const slow = await rounds({ LD_PRELOAD: slowFsync, SLOW_FSYNC_US: '1000' });
    return [...figures, figureOf('when an fsync takes 1 ms more', slow, { atLeast: 10 })];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function figureOf(where: string, [grouped, alone]: readonly Measured[], goal: { readonly atLeast: number }): Figure {
  if (!grouped || !alone) throw new Error('a contestant did not come');
  return {
    name: `rate of 64 concurrent claim-and-finish pairs, group commit by a commit each, ${where}`,
    ratio: ratioOf(alone.msPerRun, grouped.msPerRun),
    goal,
    remark: [grouped, alone].map(({ name, msPerRun }) => `${name} ${median(msPerRun).toFixed(3)} ms a pair`).join(', '),
  };
}

async function rounds(settings: Record<string, string>): Promise<Measured[]> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'bench/group-commit-rounds.ts'], {
    env: { ...process.env, ...settings },
  });
  return JSON.parse(stdout) as Measured[];
}

/** Undefined where there is no compiler, or none that makes what this system preloads. */
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
