import { expect, test } from 'vitest';
import { clampRetryAfter, parseRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);

test.each([
  ['seconds', '3', 3_000],
  ['zero', '0', 0],
  ['spaces around', ' 3 ', 3_000],
  ['an IMF-fixdate', 'Thu, 15 Jan 2026 12:00:05 GMT', 5_000],
  ['an RFC 850 date', 'Thursday, 15-Jan-26 12:00:05 GMT', 5_000],
  ['an asctime date', 'Thu Jan 15 12:00:05 2026', 5_000],
  ['a date that has passed', 'Thu, 15 Jan 2026 11:00:00 GMT', 0],
  ['a day of seconds', '86400', 60_000],
  ['more digits than a number holds', '9'.repeat(400), 60_000],
  ['a date in the next century', 'Fri, 15 Jan 2100 12:00:00 GMT', 60_000],
])('%s is a wait', (_name, value, waitMs) => {
  expect(parseRetryAfter(value, NOW)).toBe(waitMs);
});

test.each([
  ['nothing', null],
  ['an empty value', ''],
  ['a word', 'soon'],
  ['a negative number', '-1'],
  ['a fraction', '1.5'],
  ['an exponent', '1e3'],
  ['a word that some date parsers take', 'try 1'],
  ['an ISO date', '2026-01-15T12:00:05Z'],
  ['a day that does not exist', 'Sat, 31 Feb 2026 12:00:00 GMT'],
  ['an hour that does not exist', 'Thu, 15 Jan 2026 25:00:00 GMT'],
  ['two values joined', '3, 5'],
])('%s is no advice, so the own backoff decides', (_name, value) => {
  expect(parseRetryAfter(value, NOW)).toBeUndefined();
});

test.each([
  [1_500, 1_500],
  [-5, 0],
  [Number.POSITIVE_INFINITY, 60_000],
  [Number.NaN, undefined],
  ['1500', undefined],
  [null, undefined],
])('a body field of %s is a wait of %s', (value, waitMs) => {
  expect(clampRetryAfter(value)).toBe(waitMs);
});
