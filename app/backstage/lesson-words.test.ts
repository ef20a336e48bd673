import { expect, test } from 'vitest';
import { backstageLesson } from './lesson-words.ts';

const titleOf = (requests: number, charges: number, mayCharge = false) =>
  backstageLesson({ requests, executions: Math.min(requests, 1), charges }, mayCharge).title;

test('nothing is said to be charged before it is', () => {
  expect(titleOf(0, 0)).toBe('One tap, one charge.');
  expect(titleOf(0, 0, true)).toBe('Not charged yet.');
  expect(titleOf(2, 0, true)).toBe('Not charged yet.');
  expect(titleOf(1, 0)).toBe('Nothing charged.');
  expect(titleOf(3, 1, true)).toBe('Charged once.');
  expect(titleOf(3, 3)).toBe('Charged 3 times.');
});

test('as long as money may still move, the requests so far are counted', () => {
  const textOf = (requests: number) => backstageLesson({ requests, executions: 1, charges: 0 }, true).text;
  expect(textOf(0)).toBe('A request may be on its way to the shop.');
  expect(textOf(1)).toMatch(/^1 request has reached the shop/);
  expect(textOf(2)).toMatch(/^2 requests have reached the shop/);
});
