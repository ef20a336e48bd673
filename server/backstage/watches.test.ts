import { expect, test } from 'vitest';
import { Watches } from './watches.ts';

test('there is room for three windows of a customer and for 200 in all, and a place that was left is free', () => {
  const watches = new Watches();
  const leave = Array.from({ length: 200 }, (_, number) => watches.enter(`customer ${Math.floor(number / 3)}`));
  expect(() => watches.enter('one more')).toThrow('Too many windows');
  leave[0]?.();
  expect(() => watches.enter('customer 1')).toThrow('Too many windows');
  watches.enter('customer 0');
  expect(() => watches.enter('one more')).toThrow('Too many windows');
});

test('a shop that closes ends those who watch, and lets nobody in', () => {
  const watches = new Watches();
  watches.enter('ada');
  expect(watches.closing.aborted).toBe(false);
  watches.close();
  expect(watches.closing.aborted).toBe(true);
  expect(() => watches.enter('bob')).toThrow('Too many windows');
});
