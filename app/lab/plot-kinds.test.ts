import { expect, test } from 'vitest';
import type { Comparison } from './comparison.ts';
import { shownUntilS } from './plot-kinds.ts';
import { PRESETS } from './settings.ts';

const course = { outageFromMs: 2_000, outageToMs: 6_000, endMs: 36_000 };

/** A run in which somebody calls, or waits, until the second that is given. */
function runUntil(untilS: number): Comparison['runs'][number] {
  const points = Array.from({ length: 36 }, (_, atS) => ({
    atS,
    load: 0,
    waiting: atS <= untilS ? 1 : 0,
    answered: 0,
  }));
  const outcome = {
    requests: 1,
    calls: 1,
    answeredShare: 1,
    busiest: 1,
    requestsPerCallDown: 1,
    wasted: 0,
    recoveredMs: undefined,
  };
  return { points, outcome };
}

const shown = (...seconds: [number, number]) =>
  shownUntilS({ settings: PRESETS.herd, course, runs: [runUntil(seconds[0]), runUntil(seconds[1])] });

test('a crowd that has gone is not followed by an empty plot', () => {
  expect(shown(8, 13)).toBe(18);
  expect(shown(13, 8)).toBe(18);
});

test('a load that never ends is shown to the end of the run, and an outage always to its own', () => {
  expect(shown(35, 8)).toBe(36);
  expect(shown(0, 0)).toBe(12);
});
