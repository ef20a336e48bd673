import type { Strategy } from './simulation/strategies.ts';

/** What is run: the same world twice, once under each of two strategies. */
export interface LabSettings {
  /** `steady`: everybody calls now and then. `together`: everybody calls once, in the same instant. */
  readonly arrivals: 'steady' | 'together';
  readonly clients: number;
  /** Where arrivals are steady: how long a client waits on average after one call before the next. */
  readonly thinkS: number;
  /** Requests that the server can answer in a second. */
  readonly capacityPerS: number;
  readonly outageS: number;
  readonly outageKind: 'refuses' | 'hangs';
  /** Requests that one call may make, the first included. */
  readonly tries: number;
  /** Whether all clients share one budget and one breaker, as the calls of one process do, or each has its own. */
  readonly guards: 'shared' | 'own';
  readonly seed: number;
  readonly runs: readonly [RunSettings, RunSettings];
}

export interface RunSettings {
  readonly strategy: Strategy;
  /** Cures of a herd: one request for all who want the same; copies that expire at different times. */
  readonly isCoalesced: boolean;
  readonly isStaggered: boolean;
}

const run = (strategy: Strategy): RunSettings => ({ strategy, isCoalesced: false, isStaggered: false });

/** Retries keep an overloaded server down: jitter alone does not end it, a budget does. */
const storm: LabSettings = {
  arrivals: 'steady',
  clients: 3_000,
  thinkS: 60,
  capacityPerS: 100,
  outageS: 20,
  outageKind: 'hangs',
  tries: 5,
  guards: 'shared',
  seed: 1,
  runs: [run('full-jitter'), run('budget')],
};

/** Everybody comes back in the same instant: jitter spreads the second wave, and only the herd's own cures the first. */
const herd: LabSettings = {
  arrivals: 'together',
  clients: 1_500,
  thinkS: 60,
  capacityPerS: 400,
  outageS: 4,
  outageKind: 'refuses',
  tries: 8,
  guards: 'shared',
  seed: 1,
  runs: [run('exponential'), run('full-jitter')],
};

export const PRESETS = { storm, herd } as const;

export type Preset = keyof typeof PRESETS;

/** The bounds of each slider, and its step. */
export const RANGES = {
  clients: { min: 100, max: 5_000, step: 100 },
  thinkS: { min: 10, max: 120, step: 10 },
  capacityPerS: { min: 25, max: 1_000, step: 25 },
  outageS: { min: 0, max: 60, step: 1 },
  tries: { min: 1, max: 10, step: 1 },
  seed: { min: 1, max: 999_999, step: 1 },
} as const;

/** The preset that these settings are, if nothing was changed in it. */
export function presetOf(settings: LabSettings): Preset | undefined {
  const wanted = JSON.stringify(settings);
  return (Object.keys(PRESETS) as Preset[]).find((name) => JSON.stringify(PRESETS[name]) === wanted);
}
