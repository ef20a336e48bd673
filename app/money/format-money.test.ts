import { expect, test } from 'vitest';
import { formatMoney } from './format-money.ts';

test('minor units are shown as euro with two decimals', () => {
  expect(formatMoney(2490)).toBe('€24.90');
  expect(formatMoney(5)).toBe('€0.05');
  expect(formatMoney(123456)).toBe('€1,234.56');
});
