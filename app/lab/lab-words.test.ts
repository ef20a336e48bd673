import { describe, expect, test } from 'vitest';
import { summaryOf } from './lab-words.ts';
import { type LabSettings, PRESETS } from './settings.ts';
import type { Outcome } from './simulation/outcome.ts';

const outcome: Outcome = {
  requests: 100,
  calls: 50,
  answeredShare: 1,
  busiest: 12,
  requestsPerCallDown: 4.66,
  wasted: 0,
  recoveredMs: 2_000,
};

function firstOf(settings: LabSettings, changed: Partial<Outcome>): string {
  const run = { points: [], outcome: { ...outcome, ...changed } };
  return summaryOf({ settings, course: { outageFromMs: 0, outageToMs: 0, endMs: 0 }, runs: [run, run] })[0];
}

describe('where calls come now and then', () => {
  test('the share is told of the calls that ended since the outage began, and of no others', () => {
    expect(firstOf(PRESETS.storm, { answeredShare: 0, recoveredMs: undefined })).toBe(
      'Exponential + full jitter: not back to normal when the run ended. 4.7 requests per call while it was down. ' +
        'Of the calls that ended since the outage began, none was answered.',
    );
  });

  test.each([
    [0.004, 'under 1\u00a0% were'],
    [0.656, '66\u00a0% were'],
    [0.999, 'over 99\u00a0% were'],
    [1, '100\u00a0% were'],
  ])('%d is told as %s answered', (answeredShare, words) => {
    expect(firstOf(PRESETS.storm, { answeredShare })).toContain(`back to normal 2.0 s after the outage. 4.7`);
    expect(firstOf(PRESETS.storm, { answeredShare })).toContain(`since the outage began, ${words} answered.`);
  });

  test('no outage is named where there was none', () => {
    const words = firstOf({ ...PRESETS.storm, outageS: 0 }, { requestsPerCallDown: undefined });
    expect(words).toMatch(/: 100\u00a0% of calls answered, at most 12×/);
    expect(words).not.toContain('outage');
  });
});

describe('where all call at once', () => {
  test.each([
    [1, 'Everybody got an answer, and the crowd was gone after 2.0 s.'],
    [0.5, 'Of all calls, 50\u00a0% got an answer, and the crowd was gone after 2.0 s.'],
    [0, 'everybody gave up before the server was back.'],
  ])('%d is told as: %s', (answeredShare, words) => {
    expect(firstOf(PRESETS.herd, { answeredShare })).toContain(words);
  });
});
