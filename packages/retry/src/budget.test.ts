import { describe, expect, test } from 'vitest';
import { createRetryBudget } from './budget.ts';
import { storedShelf } from './budget-shelf.ts';
import { KEY_IN_USE } from './classify-http.ts';
import { alwaysFailing, failing, tryOut } from './testing/try-out.ts';

const NO_FLOOR = { floorRetries: 0, now: () => 0 };

function spendAll(budget: ReturnType<typeof createRetryBudget>): number {
  let spent = 0;
  while (spent < 1_000 && budget.spend()) spent += 1;
  return spent;
}

function earn(budget: ReturnType<typeof createRetryBudget>, calls: number) {
  for (let call = 0; call < calls; call += 1) budget.earn();
}

describe('the retry budget', () => {
  test('a hundred first calls pay for ten retries', () => {
    const budget = createRetryBudget(NO_FLOOR);
    earn(budget, 100);
    expect(spendAll(budget)).toBe(10);
  });

  test('saves up no more than its cap, so that a quiet day pays for no storm', () => {
    const budget = createRetryBudget(NO_FLOOR);
    earn(budget, 100_000);
    expect(spendAll(budget)).toBe(10);
  });

  test('has a floor, so that the first call of all may be retried', () => {
    expect(spendAll(createRetryBudget({ now: () => 0 }))).toBe(10);
  });

  test('the floor refills with time and never above itself', () => {
    let nowMs = 0;
    const budget = createRetryBudget({ now: () => nowMs });
    spendAll(budget);
    nowMs += 24_000;
    expect(spendAll(budget)).toBe(4);
    nowMs += 3_600_000;
    expect(spendAll(budget)).toBe(10);
  });

  test('shared by many calls to a server that is down, adds a tenth of them and the floor', async () => {
    const budget = createRetryBudget({ now: () => 0 });
    let sent = 0;
    for (let call = 0; call < 500; call += 1) {
      sent += (await tryOut(alwaysFailing({ status: 503 }), { budget })).result.attempts;
    }
    expect(sent).toBeLessThanOrEqual(500 * 1.1 + 10);
    expect(sent).toBeGreaterThan(500 * 1.09);
  });

  test('used up, it ends the retries and says so', async () => {
    const { result } = await tryOut(alwaysFailing({ status: 503 }), { budget: createRetryBudget(NO_FLOOR) });
    expect(result).toMatchObject({ kind: 'gave-up', why: 'budget', attempts: 1 });
  });

  test('is not charged for waiting on a key in use', async () => {
    const inUse = { status: 409, reason: KEY_IN_USE };
    const { result } = await tryOut(failing(inUse, inUse), { budget: createRetryBudget(NO_FLOOR) });
    expect(result).toMatchObject({ kind: 'ok', attempts: 3 });
  });
});

describe('shared over tabs', () => {
  /** What a browser keeps for one site; each budget on it is a tab. */
  function site() {
    const items = new Map<string, string>();
    let nowMs = 1_763_800_000_000;
    const storage = {
      getItem: (name: string) => items.get(name) ?? null,
      setItem: (name: string, value: string) => void items.set(name, value),
    };
    const tab = () => createRetryBudget({ shelf: storedShelf(storage, 'budget'), now: () => nowMs });
    return { items, tab, pass: (waitMs: number) => (nowMs += waitMs) };
  }

  test('a second tab has no floor of its own', () => {
    const { tab } = site();
    expect(spendAll(tab())).toBe(10);
    expect(spendAll(tab())).toBe(0);
  });

  test('what one tab earns another may spend, and the floor refills for both', () => {
    const { tab, pass } = site();
    const [one, other] = [tab(), tab()];
    spendAll(one);
    earn(one, 20);
    expect(spendAll(other)).toBe(2);
    pass(12_000);
    expect(spendAll(one)).toBe(2);
    expect(spendAll(other)).toBe(0);
  });

  test('a clock that is set back by a year refills nothing, and goes on from there', () => {
    const { tab, pass } = site();
    const budget = tab();
    spendAll(budget);
    pass(-365 * 86_400_000);
    expect(spendAll(budget)).toBe(0);
    pass(6_000);
    expect(spendAll(budget)).toBe(1);
  });

  test.each(['{', '[]', '{"saved":"1"}', '{"saved":1e999,"floor":1e999,"refilledAt":0}'])(
    'what else lies there (%s) is no riches',
    (text) => {
      const { items, tab } = site();
      items.set('budget', text);
      expect(spendAll(tab())).toBe(10);
    },
  );

  test.each([
    ['is forbidden', null],
    ['throws at every touch', { getItem: refuses, setItem: refuses }],
    ['is full', { getItem: () => null, setItem: refuses }],
  ])('storage that %s leaves each tab a budget of its own', (_name, storage) => {
    const budget = createRetryBudget({ shelf: storedShelf(storage, 'budget'), now: () => 0 });
    expect(spendAll(budget)).toBe(10);
    expect(spendAll(budget)).toBe(0);
  });
});

function refuses(): never {
  throw new DOMException('no', 'QuotaExceededError');
}
