import { expect, test } from 'vitest';
import { formatMoney } from './format-money.ts';

test('minor units are shown as euro with two decimals', () => {
  expect(formatMoney(2490)).toBe('€24.90');
  expect(formatMoney(5)).toBe('€0.05');
  expect(formatMoney(-123_456_789)).toBe('-€1,234,567.89');
});

test('it says what the browser’s own formatter says, of every length of number', () => {
  const browsers = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });
  for (let amountMinor = 1; amountMinor < 1e12; amountMinor = amountMinor * 3 + 7) {
    for (const signed of [amountMinor, -amountMinor]) expect(formatMoney(signed)).toBe(browsers.format(signed / 100));
  }
  expect(formatMoney(0)).toBe(browsers.format(0));
});
