import { expect, test } from 'vitest';
import { explain, isComplete } from './dependencies.mjs';

test('a missing compiler, a missing network and anything else are one sentence each, with what to do', () => {
  const sentences = [
    explain('npm error gyp ERR! find Python', 'a.log'),
    explain('npm error code ENOTFOUND', 'a.log'),
    explain('npm error code ENOSPC', 'a.log'),
  ];
  expect(sentences[0]).toMatch(/compiler.*apt-get install build-essential/);
  expect(sentences[1]).toMatch(/registry could not be reached/);
  expect(sentences[2]).toMatch(/npm install --no-save/);
  for (const sentence of sentences) expect(sentence).not.toContain('\n');
});

test('installs again when a package is missing or differs, and not for what this machine does not need', () => {
  const wanted = {
    '': {},
    'packages/retry': { version: '0.1.0' },
    'node_modules/next': { version: '1.0.0' },
    'node_modules/vitest': { version: '2.0.0', dev: true },
    'node_modules/other-platform': { version: '3.0.0', optional: true },
  };
  const next = { 'node_modules/next': { version: '1.0.0' } };
  expect(isComplete(next, wanted, { dev: false })).toBe(true);
  expect(isComplete(next, wanted, { dev: true })).toBe(false);
  expect(isComplete({ ...next, 'node_modules/vitest': { version: '2.0.0' } }, wanted, { dev: true })).toBe(true);
  expect(isComplete({ 'node_modules/next': { version: '0.9.0' } }, wanted, { dev: false })).toBe(false);
});
