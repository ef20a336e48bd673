import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEnv } from './env.ts';
import { faultScript } from './faults/fault-script.ts';
import { testMethod } from './payments/test-methods.ts';

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
const section = (title: string) => readme.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

test('the README lists every fault, and no other', () => {
  const table = section('Faults').split('| fault | is it done?')[1] ?? '';
  const listed = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(listed).toEqual(faultScript.shape.fault.options);
});

test('the README lists every operation, and no other', () => {
  const listed = [...section('Faults').matchAll(/`([a-z_]+\.[a-z]+)`(?=[,.]\s)/g)].map(([, name]) => name);
  const paragraph = listed.slice(0, faultScript.shape.operation.options.length - 1);
  expect([...paragraph, '*']).toEqual(faultScript.shape.operation.options);
});

test('every card that the README names is accepted', () => {
  const cards = [...section('Cards').matchAll(/`(pm_card_\w+)`/g)].map(([, token = '']) => token);
  expect(cards.filter((token) => !testMethod(token) && token !== 'pm_card_')).toEqual([]);
  expect(cards.length).toBeGreaterThan(10);
});

test('the README states the defaults of the settings', () => {
  const { port, smtpPort, file } = readEnv({ NODE_ENV: 'test' });
  for (const value of [port, smtpPort, `\`${file}\``]) expect(readme).toContain(`| ${value} |`);
});
