import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALL_SCENARIOS } from './all-scenarios.ts';
import { PROMISE } from './promise.ts';

test('the page gives the promise word for word as the README does', () => {
  const readme = readFileSync('README.md', 'utf8');
  const rows = [...readme.matchAll(/^\| (\d+) \| (.*?) \| \[/gm)].map(([, number, words]) => [Number(number), words]);
  const lines = PROMISE.map((words, index) => [index + 1, words]);
  expect(rows.map(([number, words]) => [number, String(words).replaceAll('*', '')])).toEqual(lines);
});

test('every scenario shows a line of the promise that there is', () => {
  for (const { id, promises } of ALL_SCENARIOS) {
    expect(promises.length, id).toBeGreaterThan(0);
    for (const number of promises) expect(PROMISE[number - 1], id).toBeDefined();
  }
});
