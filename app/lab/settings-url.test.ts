import { expect, test } from 'vitest';
import { type LabSettings, PRESETS, presetOf } from './settings.ts';
import { fromQuery, toQuery } from './settings-url.ts';

const changed: LabSettings = {
  arrivals: 'together',
  clients: 5_000,
  thinkS: 20,
  capacityPerS: 250,
  outageS: 0,
  outageKind: 'hangs',
  tries: 3,
  guards: 'own',
  seed: 42,
  runs: [
    { strategy: 'immediate', isCoalesced: true, isStaggered: false },
    { strategy: 'breaker', isCoalesced: true, isStaggered: true },
  ],
};

test.each([PRESETS.storm, PRESETS.herd, changed])('a link brings back the settings it was made from', (settings) => {
  expect(fromQuery(new URLSearchParams(toQuery(settings).toString()))).toEqual(settings);
});

test('an empty link is the storm, and a link to the herd fills in the herd', () => {
  expect(presetOf(fromQuery(new URLSearchParams()))).toBe('storm');
  expect(presetOf(fromQuery(new URLSearchParams('arrivals=together')))).toBe('herd');
  expect(presetOf(changed)).toBeUndefined();
});

test('what makes no sense is brought into bounds or left at the preset', () => {
  const odd = new URLSearchParams(
    'clients=1e9&capacity=-3&outage=NaN&tries=&seed=x&a=sudo&b=fixed.coalesced&down=__proto__',
  );
  expect(fromQuery(odd)).toEqual({
    ...PRESETS.storm,
    clients: 5_000,
    capacityPerS: 25,
    runs: [PRESETS.storm.runs[0], { strategy: 'fixed', isCoalesced: true, isStaggered: false }],
  });
});
