import { describe, expect, test } from 'vitest';
import { asOf } from './playback.ts';
import { momentsOf, scaleOf } from './scale.ts';
import { laidOut, lost, row, tryOf } from './testing/rows.ts';

const layout = laidOut(
  [tryOf(1, [0, 60], lost(4_000)), tryOf(2, [4_060, 4_090])],
  [row(1, [10, 50]), row(2, [4_065, 4_070], { verdict: 'replayed' })],
);

describe('the scale', () => {
  const scale = scaleOf(layout);

  test('keeps the order, from one edge of the picture to the other', () => {
    const places = Array.from({ length: 410 }, (_, index) => scale(index * 10));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect([scale(-5), scale(0), scale(4_090), scale(9_999)]).toEqual([0, 0, 1, 1]);
  });

  test('gives fifty milliseconds beside four seconds room to be seen, and the longer more', () => {
    expect(scale(60) - scale(0)).toBeGreaterThan(0.1);
    expect(scale(4_060) - scale(60)).toBeGreaterThan(scale(60) - scale(0));
  });
});

test('the moments are all beginnings and ends, each once', () => {
  expect(momentsOf(layout)).toEqual([0, 10, 50, 60, 4_060, 4_065, 4_070, 4_090]);
});

describe('an earlier moment of the story', () => {
  test('has nothing that had not begun, and leaves open what had not ended', () => {
    expect(asOf(layout, 30)).toMatchObject({
      sent: 1,
      received: 1,
      lanes: [{ toMs: null, ending: 'waiting', wait: null, arrivals: [{ toMs: null, verdict: 'running' }] }],
    });
    expect(asOf(layout, 1_000)).toMatchObject({
      sent: 1,
      lanes: [{ toMs: 60, ending: 'no_answer', wait: { toMs: 1_000 }, arrivals: [{ verdict: 'executed' }] }],
    });
  });

  test('at the end is the whole of it', () => {
    expect(asOf(layout, layout.endMs)).toEqual(layout);
  });
});
