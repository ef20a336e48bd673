import { expect, test } from 'vitest';
import { countNumbers } from './invoice-rows.ts';

test.each([0, 1, 2, 3, 7, 8, 9, 1_000])('%i numbers without a gap are counted in a few questions', async (there) => {
  let questions = 0;
  const count = await countNumbers(async (number) => {
    questions += 1;
    return number <= there;
  });
  expect(count).toBe(there);
  expect(questions).toBeLessThanOrEqual(21);
});
