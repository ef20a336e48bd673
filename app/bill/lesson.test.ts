import { expect, test } from 'vitest';
import { lessonOf } from './lesson.ts';

test('a bill with more than one charge says how often, and why', () => {
  expect(lessonOf({ requests: 3, executions: 3, charges: 3 }).title).toBe('Charged 3 times.');
  expect(lessonOf({ requests: 2, executions: 2, charges: 2 }).title).toBe('Charged twice.');
  expect(lessonOf({ requests: 2, executions: 2, charges: 2 }).text).toMatch(/^Without a key/);
});

test('one charge for many requests is told as the work of one key', () => {
  expect(lessonOf({ requests: 3, executions: 1, charges: 1 })).toEqual({
    title: 'Charged once.',
    text: '3 requests reached the shop with the same key. One was carried out; the others changed nothing.',
  });
});

test('before there is anything to tell, it says what to expect', () => {
  for (const bill of [
    { requests: 0, executions: 0, charges: 0 },
    { requests: 1, executions: 1, charges: 1 },
    { requests: 2, executions: 1, charges: 0 },
  ]) {
    expect(lessonOf(bill).text).toMatch(/trying again is always safe/);
  }
});

test('a card that was declined and then another that worked were two keys, and are not told as one', () => {
  expect(lessonOf({ requests: 4, executions: 2, charges: 1 })).toEqual({
    title: 'Charged once.',
    text: '4 requests reached the shop. 2 of them were carried out, and one of those took money.',
  });
});
