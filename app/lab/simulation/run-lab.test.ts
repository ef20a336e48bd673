import { describe, expect, test } from 'vitest';
import { type LabSettings, PRESETS, type RunSettings } from '../settings.ts';
import { WINDOW_MS } from './meter.ts';
import { outcomeOf } from './outcome.ts';
import { courseOf, runLab } from './run-lab.ts';
import { STRATEGIES, type Strategy } from './strategies.ts';

const run = (strategy: Strategy, cures: Partial<RunSettings> = {}): RunSettings => ({
  strategy,
  isCoalesced: false,
  isStaggered: false,
  ...cures,
});

async function outcome(settings: LabSettings, chosen: RunSettings) {
  return outcomeOf(await runLab(settings, chosen), courseOf(settings), settings.capacityPerS);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('a run', () => {
  const small: LabSettings = { ...PRESETS.storm, clients: 300, capacityPerS: 25, outageS: 5 };

  test('is the same for the same seed, and another for another', async () => {
    const first = await runLab(small, run('breaker'));
    expect(await runLab(small, run('breaker'))).toEqual(first);
    expect(await runLab({ ...small, seed: 2 }, run('breaker'))).not.toEqual(first);
  });

  test('loses no call from sight: what began was answered, was lost, or waits', async () => {
    for (const strategy of STRATEGIES) {
      const { began, answered, lost, waiting } = await runLab(small, run(strategy));
      expect(sum(began)).toBe(sum(answered) + sum(lost) + (waiting.at(-1) ?? 0));
    }
  });

  test('loses no call where there is no outage and room for all', async () => {
    const { answeredShare, requests, calls } = await outcome({ ...small, outageS: 0 }, run('immediate'));
    expect(answeredShare).toBe(1);
    expect(requests).toBe(calls);
  });
});

describe('a retry storm', () => {
  const fifth: LabSettings = { ...PRESETS.storm, clients: 600, capacityPerS: 20 };

  test.each(['immediate', 'fixed', 'exponential', 'full-jitter'] as const)(
    '%s keeps the server down after the outage, working for clients that have left',
    async (strategy) => {
      const { recoveredMs, answeredShare, wasted } = await outcome(fifth, run(strategy));
      expect(recoveredMs).toBeUndefined();
      expect(answeredShare).toBeLessThan(0.05);
      expect(wasted).toBeGreaterThan(1_000);
    },
  );

  test.each(['budget', 'breaker'] as const)('a %s lets the server come back', async (strategy) => {
    const { recoveredMs } = await outcome(fifth, run(strategy));
    expect(recoveredMs).toBeGreaterThan(0);
    expect(recoveredMs).toBeLessThan(30_000);
  });

  test('is what the preset shows: jitter alone does not end it, a budget does', async () => {
    const [jitter, budget] = PRESETS.storm.runs;
    expect((await outcome(PRESETS.storm, jitter)).recoveredMs).toBeUndefined();
    expect((await outcome(PRESETS.storm, budget)).recoveredMs).toBeLessThan(20_000);
  });

  test('a budget of its own for each client has a floor for each, and does not end it', async () => {
    expect(await outcome({ ...fifth, guards: 'own' }, run('budget'))).toMatchObject({ recoveredMs: undefined });
  });
});

describe('5,000 clients and an outage of 60 s, with full jitter and a budget', () => {
  const settings: LabSettings = {
    ...PRESETS.storm,
    clients: 5_000,
    thinkS: 20,
    capacityPerS: 1_000,
    outageS: 60,
    outageKind: 'refuses',
  };
  const { outageFromMs, outageToMs } = courseOf(settings);

  test('send a tenth more than their calls while it lasts, and after it never twice the mean at once', async () => {
    const { arrived, began } = await runLab(settings, run('budget'));
    const down = [outageFromMs / WINDOW_MS, outageToMs / WINDOW_MS] as const;
    // 10 saved, 10 of the floor, and the 10 that it is refilled with in 60 s.
    expect(sum(arrived.slice(...down))).toBeLessThanOrEqual(1.1 * sum(began.slice(...down)) + 30);

    const after = arrived.slice(down[1]);
    expect(Math.max(...after)).toBeLessThanOrEqual((2 * sum(after)) / after.length);
  });
});

describe('a thundering herd', () => {
  const everybody = PRESETS.herd.clients / (PRESETS.herd.capacityPerS * (WINDOW_MS / 1_000));

  test('comes back as one wave where the waits grow and are not drawn', async () => {
    expect((await outcome(PRESETS.herd, run('exponential'))).busiest).toBe(everybody);
  });

  test('is spread by full jitter', async () => {
    const { busiest, answeredShare } = await outcome(PRESETS.herd, run('full-jitter'));
    expect(busiest).toBeLessThan(everybody / 20);
    expect(answeredShare).toBeGreaterThan(0.99);
  });

  test('is not spread by jitter the first time it comes; staggered expiry does that', async () => {
    const calm: LabSettings = { ...PRESETS.herd, outageS: 0 };
    expect((await outcome(calm, run('full-jitter'))).busiest).toBe(everybody);
    expect((await outcome(calm, run('full-jitter', { isStaggered: true }))).busiest).toBeLessThan(1);
  });

  test('is one request where it is coalesced, and everybody has the answer', async () => {
    const calm: LabSettings = { ...PRESETS.herd, outageS: 0 };
    const { requests, answeredShare } = await outcome(calm, run('immediate', { isCoalesced: true }));
    expect(requests).toBe(1);
    expect(answeredShare).toBe(1);
  });
});
