import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from './flaky-settings.ts';
import { scriptOf, TROUBLES } from './trouble.ts';

test('the first run, not configured, loses two answers and lets the third through', () => {
  expect(scriptOf(DEFAULT_SETTINGS.seed, DEFAULT_SETTINGS.troubles)).toEqual([
    { kind: 'lose_response' },
    { kind: 'lose_response' },
  ]);
});

test('the same seed gives the same run, whatever the order the troubles were chosen in', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    expect(scriptOf(seed, [...TROUBLES].reverse())).toEqual(scriptOf(seed, TROUBLES));
  }
});

test('every seed disturbs something, and leaves at least two of five tries alone', () => {
  for (let seed = 1; seed <= 2_000; seed += 1) {
    const { length } = scriptOf(seed, TROUBLES);
    expect(length).toBeGreaterThanOrEqual(1);
    expect(length).toBeLessThanOrEqual(3);
  }
});

test('only chosen troubles happen, each of them with some seed, and a delay ends before a try times out', () => {
  const drawn = Array.from({ length: 2_000 }, (_, seed) => scriptOf(seed + 1, ['delay', 'duplicate'])).flat();
  expect(new Set(drawn.map((mishap) => mishap.kind))).toEqual(new Set(['delay', 'duplicate']));
  for (const mishap of drawn) {
    if (mishap.kind === 'delay') expect(mishap.delayMs).toBeLessThan(5_000);
  }
});

test('nothing chosen means nothing disturbed', () => {
  expect(scriptOf(1, [])).toEqual([]);
});
