import { expect, it } from 'vitest';
import { openDatabase } from './open.ts';

it('a folder that nobody can make is an error and not a wait', () => {
  expect(() => openDatabase({ file: '/proc/nowhere/payonce.db' })).toThrow();
});
