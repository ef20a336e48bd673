import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countOf, countPlaywright, countVitest } from './counts.mjs';
import { runAll } from './run-all.mjs';

const folder = mkdtempSync(join(tmpdir(), 'payonce-'));
afterAll(() => rmSync(folder, { recursive: true }));

function reportOf(content) {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitest = (counts, testResults = []) => reportOf({ ...counts, testResults });
const playwright = (stats, errors = []) =>
  reportOf({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors });

test('counts what passed and what failed', () => {
  expect(countVitest(vitest({ numPassedTests: 3, numTotalTests: 4 }), false)).toEqual({ passed: 3, failed: 1 });
  expect(countPlaywright(playwright({ expected: 3, unexpected: 1 }), false)).toEqual({ passed: 3, failed: 1 });
});

test('a test that was skipped, or was red before it was green, has failed', () => {
  expect(countVitest(vitest({ numPassedTests: 3, numTotalTests: 5 }), true).failed).toBe(2);
  expect(countPlaywright(playwright({ expected: 3, skipped: 1, flaky: 1 }), true).failed).toBe(2);
});

test('a file that does not load has failed, though none of its tests did', () => {
  const broken = [{ status: 'failed', assertionResults: [] }];
  expect(countVitest(vitest({ numPassedTests: 3, numTotalTests: 3 }, broken), false)).toEqual({ passed: 3, failed: 1 });
});

test('a run that failed beside its tests, wrote no report or ran nothing has failed', () => {
  expect(countVitest(vitest({ numPassedTests: 3, numTotalTests: 3 }), false)).toEqual({ passed: 3, failed: 1 });
  expect(countPlaywright(playwright({ expected: 3 }, ['global setup'])).failed).toBe(1);
  expect(countPlaywright(join(folder, 'none.json'), true)).toEqual({ passed: 0, failed: 1 });
  expect(countPlaywright(playwright({}), true)).toEqual({ passed: 0, failed: 1 });
});

test('every part runs, whatever failed before it, except after a build that failed', async () => {
  const ran = [];
  const part = (name, counts) => ({ name, run: async () => ran.push(name) && counts });
  const sum = await runAll(
    [
      part('red', countOf(false)),
      part('green', countOf(true)),
      part('build', { ...countOf(false), fatal: true }),
      part('after', countOf(true)),
    ],
    {},
  );
  expect(ran).toEqual(['red', 'green', 'build']);
  expect(sum).toEqual({ passed: 1, failed: 3 });
});
