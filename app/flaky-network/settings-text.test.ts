import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_CHANCE,
  DEFAULT_SETTINGS,
  type FlakySettings,
  SEED_MAX,
  seedFrom,
  settingsIn,
  settingsKept,
  withSettings,
} from './settings-text.ts';
import { MISHAPS_MAX, TROUBLES } from './trouble.ts';

const PAGE = new URL('http://shop.test/cart?checkout=');
const trouble = fc.constantFrom(...TROUBLES);

const settings: fc.Arbitrary<FlakySettings> = fc.record({
  on: fc.boolean(),
  by: fc.constantFrom('chance', 'script'),
  chances: fc.dictionary(trouble, fc.integer({ min: 1, max: 100 }), { minKeys: 1, noNullPrototype: true }),
  script: fc.array(trouble, { minLength: 1, maxLength: MISHAPS_MAX }),
  seed: fc.integer({ min: 1, max: SEED_MAX }),
});

test('what an address was given it gives back, and the rest of it stays', () => {
  fc.assert(
    fc.property(settings, (given) => {
      const url = withSettings(PAGE, { ...given, on: true });
      const { by, seed } = given;
      const decided = by === 'script' ? { script: given.script } : { chances: given.chances };
      expect(settingsIn(url)).toEqual({ ...DEFAULT_SETTINGS, on: true, by, seed, ...decided });
      expect(url.searchParams.has('checkout')).toBe(true);
      expect(url.search).not.toContain('%');
    }),
  );
});

test('what was kept is found again', () => {
  fc.assert(
    fc.property(settings, (given) => {
      expect(settingsKept(JSON.stringify(given))).toEqual(given);
    }),
  );
});

test('whatever an address or a storage holds, there are settings that can be used', () => {
  const isUsable = ({ chances, script, seed }: FlakySettings) => {
    expect(Object.values(chances).every((chance) => chance > 0 && chance <= 100)).toBe(true);
    expect(script.length).toBeGreaterThan(0);
    expect(seed).toBe(seedFrom(String(seed)));
  };
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.json(), (flaky, seed, kept) => {
      const url = new URL(PAGE);
      url.searchParams.set('flaky', flaky);
      url.searchParams.set('seed', seed);
      isUsable(settingsIn(url) ?? DEFAULT_SETTINGS);
      url.searchParams.set('script', flaky);
      isUsable(settingsIn(url) ?? DEFAULT_SETTINGS);
      isUsable(settingsKept(kept) ?? DEFAULT_SETTINGS);
      isUsable(settingsKept(flaky) ?? DEFAULT_SETTINGS);
    }),
  );
});

describe('an address', () => {
  const at = (search: string) => settingsIn(new URL(search, PAGE));

  test('from before there were chances means the same as it did', () => {
    expect(at('/?flaky=lose_response&seed=1')).toEqual({ ...DEFAULT_SETTINGS, on: true });
    expect(at('/?flaky=lose_request.lose_response&seed=7')?.chances).toEqual({
      lose_request: DEFAULT_CHANCE,
      lose_response: DEFAULT_CHANCE,
    });
    expect(at('/?flaky=off')?.on).toBe(false);
  });

  test('is short: a chance is only named where it is not the usual one', () => {
    const chances = { lose_response: DEFAULT_CHANCE, delay: 30 };
    expect(withSettings(new URL('http://shop.test/'), { ...DEFAULT_SETTINGS, on: true, chances }).search).toBe(
      '?flaky=lose_response.delay-30&seed=1',
    );
  });

  test('may name a script with commas too', () => {
    expect(at('/?script=lose_response,lose_response')).toMatchObject({
      on: true,
      by: 'script',
      script: ['lose_response', 'lose_response'],
    });
  });

  test('that names nothing usable is read as the default, and one that says nothing as nothing', () => {
    expect(at('/?flaky=earthquake-50.delay-0.duplicate-101&seed=-3')).toEqual({ ...DEFAULT_SETTINGS, on: true });
    expect(at('/?script=earthquake')?.script).toEqual(DEFAULT_SETTINGS.script);
    expect(at('/')).toBeNull();
  });
});

test('what an earlier version kept is read with the usual chance', () => {
  expect(settingsKept('{"on":true,"seed":42,"troubles":["delay","duplicate"]}')).toMatchObject({
    on: true,
    seed: 42,
    by: 'chance',
    chances: { delay: DEFAULT_CHANCE, duplicate: DEFAULT_CHANCE },
  });
});

test.each([null, '', '1e9', '0', '-3', '1.5', 'one'])('%j is no seed', (text) => {
  expect(seedFrom(text)).toBe(DEFAULT_SETTINGS.seed);
});
