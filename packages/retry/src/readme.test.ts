import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');

/** The rows of the tables under a heading, cell by cell. */
function rowsOf(title: string): string[][] {
  const section = readme.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
}

test('the README names for each guarantee a test that exists', () => {
  const tests = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.test.ts') && file !== 'readme.test.ts')
    .map(read)
    .join('\n');
  const named = rowsOf('Guarantees').map(([, , name = '']) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !tests.includes(name))).toEqual([]);
});

test('the README has every option of retry, and no other', () => {
  const fields = read('options.ts').split('export interface RetryOptions')[1]?.split('\n}')[0] ?? '';
  const options = [...fields.matchAll(/readonly (\w+)\??:/g)].map(([, name]) => name);
  expect(rowsOf('Options of `retry`').map(([, name]) => name)).toEqual(options);
});

test.each([
  ['createRetryBudget', 'budget.ts'],
  ['createBreaker', 'breaker.ts'],
])('the README gives the defaults that %s has', (name, file) => {
  const source = read(file).replaceAll('_', '');
  const numbers = rowsOf(`\`${name}\``).filter(([, , type]) => type === 'number');
  expect(numbers.length).toBeGreaterThan(1);
  for (const [, option, , value = ''] of numbers) expect(source).toContain(`${option} = ${value.replaceAll(' ', '')}`);
});
