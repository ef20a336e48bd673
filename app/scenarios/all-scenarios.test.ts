import { expect, test } from 'vitest';
import { ALL_SCENARIOS } from './all-scenarios.ts';

test('there are twelve, each with a place of its own on the page', () => {
  expect(new Set(ALL_SCENARIOS.map(({ id }) => id)).size).toBe(12);
});

test('with protection every scenario is expected to charge once', () => {
  for (const { id, expected } of ALL_SCENARIOS) expect(expected.on.charges, id).toBe(1);
});

test('what is called worse without protection is expected to charge more than once, and nothing else is', () => {
  for (const { id, expected, off } of ALL_SCENARIOS) expect(expected.off.charges > 1, id).toBe(off.kind === 'worse');
});
