import { describe, expect, test } from 'vitest';
import { type Backoff, decorrelated, exponential, fixed, fullJitter, immediate } from './backoff.ts';
import { seeded } from './testing/seeded.ts';

const GROWTH = { baseMs: 500, capMs: 8_000 };
const DRAWS = 20_000;

function draw(backoff: Backoff, retry: number, count = DRAWS): number[] {
  const random = seeded(retry);
  return Array.from({ length: count }, () => backoff({ retry, previousMs: undefined, random }));
}

const boundsOf = (backoff: Backoff) =>
  [1, 2, 3, 4, 5, 6, 2_000].map((retry) => backoff({ retry, previousMs: undefined, random: () => 1 - 2 ** -32 }));

describe('full jitter', () => {
  test.each([1, 2, 5, 9])(
    'is uniform from zero to the bound of retry %i: every tenth of it is drawn as often',
    (retry) => {
      const bound = Math.min(8_000, 500 * 2 ** (retry - 1));
      const tenths = new Array<number>(10).fill(0);
      for (const waitMs of draw(fullJitter(GROWTH), retry)) {
        const tenth = Math.floor((waitMs / bound) * 10);
        tenths[tenth] = (tenths[tenth] ?? 0) + 1;
      }
      expect(tenths).toHaveLength(10);
      // Chi square with 9 degrees of freedom: a uniform draw is above 27.9 once in a thousand seeds, and these are fixed.
      const expected = DRAWS / 10;
      expect(tenths.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(27.9);
    },
  );

  test('has no floor: the shortest of many waits is next to nothing', () => {
    expect(Math.min(...draw(fullJitter(GROWTH), 5))).toBeLessThan(8_000 / 1_000);
  });

  test('doubles its bound up to the cap, also where 2^n is no longer a number', () => {
    const bounds = boundsOf(fullJitter(GROWTH)).map(Math.round);
    expect(bounds).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });
});

test('exponential waits the bound itself', () => {
  expect(boundsOf(exponential(GROWTH))).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
});

test('decorrelated jitter stays between base and three times the wait before, under the cap', () => {
  const backoff = decorrelated(GROWTH);
  const random = seeded(7);
  let previousMs: number | undefined;
  for (let retry = 1; retry <= 1_000; retry += 1) {
    const waitMs = backoff({ retry, previousMs, random });
    expect(waitMs).toBeGreaterThanOrEqual(500);
    expect(waitMs).toBeLessThanOrEqual(Math.min(8_000, (previousMs ?? 500) * 3));
    previousMs = waitMs;
  }
});

test('immediate and fixed wait the same each time', () => {
  expect(boundsOf(immediate())).toEqual(new Array(7).fill(0));
  expect(boundsOf(fixed({ delayMs: 250 }))).toEqual(new Array(7).fill(250));
});

test.each([
  ['a base of zero', () => fullJitter({ baseMs: 0, capMs: 10 })],
  ['a cap below the base', () => exponential({ baseMs: 20, capMs: 10 })],
  ['an endless cap', () => decorrelated({ baseMs: 1, capMs: Number.POSITIVE_INFINITY })],
  ['a wait that is no number', () => fixed({ delayMs: Number.NaN })],
])('%s is refused when it is set, not when it is used', (_name, make) => {
  expect(make).toThrow(RangeError);
});
