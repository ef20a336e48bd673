import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Figure } from './figures.ts';
import { type Measured, median, ratioOf } from './rounds.ts';
import { onSlowDisk } from './slow-disk.ts';

const run = promisify(execFile);

/** What it is worth that all transactions which wait in one turn share a commit, on this disk and on a slow one. */
export async function groupCommit(): Promise<Figure[]> {
  const figures = [figureOf('on this disk', await rounds({}), { atLeast: 2 })];
  const slow = await onSlowDisk(rounds);
  return slow ? [...figures, figureOf('when an fsync takes 1 ms more', slow, { atLeast: 10 })] : figures;
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
