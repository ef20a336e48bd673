import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Chances, type Plan, scriptOf } from './script.ts';
import { DEFAULT_CHANCE, DEFAULT_SETTINGS } from './settings-text.ts';
import { letsThrough, MISHAPS_MAX, TROUBLES } from './trouble.ts';

const chance = fc.integer({ min: 1, max: 100 });
const chances = fc.dictionary(fc.constantFrom(...TROUBLES), chance, { noNullPrototype: true });
const seed = fc.integer({ min: 1, max: 999_999 });
const byChance = (named: Chances, seedDrawn: number): Plan => ({
  by: 'chance',
  chances: named,
  script: [],
  seed: seedDrawn,
});
const kindsOf = (plan: Plan) => scriptOf(plan).map(({ kind }) => kind);

test('the first run, not configured, loses two answers and lets the third through', () => {
  expect(scriptOf(DEFAULT_SETTINGS)).toEqual([{ kind: 'lose_response' }, { kind: 'lose_response' }]);
});

test('the same plan gives the same run, whatever the order the troubles were chosen in', () => {
  fc.assert(
    fc.property(chances, seed, (named, drawn) => {
      const reversed = Object.fromEntries(Object.entries(named).reverse());
      expect(scriptOf(byChance(reversed, drawn))).toEqual(scriptOf(byChance(named, drawn)));
    }),
  );
});

test('at most three tries go wrong, only by what was chosen, and nothing follows what lets the answer through', () => {
  fc.assert(
    fc.property(chances, seed, (named, drawn) => {
      const kinds = kindsOf(byChance(named, drawn));
      expect(kinds.length).toBeLessThanOrEqual(MISHAPS_MAX);
      for (const kind of kinds) expect(named[kind]).toBeGreaterThan(0);
      expect(kinds.slice(0, -1).some(letsThrough)).toBe(false);
    }),
  );
});

test('a chance of a hundred disturbs every try that can be disturbed, and no chance none', () => {
  fc.assert(
    fc.property(seed, (drawn) => {
      expect(kindsOf(byChance({ lose_request: 100 }, drawn))).toEqual(Array(MISHAPS_MAX).fill('lose_request'));
      expect(kindsOf(byChance({}, drawn))).toEqual([]);
    }),
  );
});

test('a chance is the share of first tries that meet it, also where chances share a hundred', () => {
  const first = (named: Chances) => {
    const counts: Record<string, number> = {};
    for (let drawn = 1; drawn <= 10_000; drawn += 1) {
      const kind = kindsOf(byChance(named, drawn))[0] ?? 'none';
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  };
  const alone = first({ lose_response: 30 });
  expect(alone.lose_response).toBeGreaterThan(2_800);
  expect(alone.lose_response).toBeLessThan(3_200);
  const shared = first(Object.fromEntries(TROUBLES.map((trouble) => [trouble, DEFAULT_CHANCE])));
  expect(shared.none).toBeUndefined();
  expect(Object.keys(shared)).toHaveLength(TROUBLES.length);
});

test('a written script is followed as far as it goes, and the seed only says how late and how long', () => {
  const plan: Plan = { by: 'script', chances: {}, script: ['offline', 'answer_429', 'delay'], seed: 3 };
  expect(kindsOf(plan)).toEqual(['offline', 'answer_429', 'delay']);
  expect(kindsOf({ ...plan, seed: 4 })).toEqual(kindsOf(plan));
  expect(scriptOf({ ...plan, seed: 4 })).not.toEqual(scriptOf(plan));
});

test('what takes time stays within what the client waits for', () => {
  fc.assert(
    fc.property(seed, fc.constantFrom('delay', 'offline', 'answer_429'), (drawn, kind) => {
      const [mishap] = scriptOf({ by: 'script', chances: {}, script: [kind], seed: drawn });
      if (mishap?.kind === 'delay') expect(mishap.delayMs).toBeLessThan(5_000);
      if (mishap?.kind === 'offline') expect(mishap.offlineMs).toBeGreaterThan(2_000);
      if (mishap?.kind === 'answer_429') expect([1, 2, 3]).toContain(mishap.retryAfterSeconds);
    }),
  );
});
