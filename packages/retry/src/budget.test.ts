import { describe, expect, test } from 'vitest';
import { createRetryBudget } from './budget.ts';
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
    expect(spendAll(createRetryBudget({ now: () => 0 }))).toBe(5);
  });

  test('the floor refills with time and never above itself', () => {
    let nowMs = 0;
    const budget = createRetryBudget({ now: () => nowMs });
    spendAll(budget);
    nowMs += 24_000;
    expect(spendAll(budget)).toBe(2);
    nowMs += 3_600_000;
    expect(spendAll(budget)).toBe(5);
  });

  test('shared by many calls to a server that is down, adds a tenth of them and the floor', async () => {
    const budget = createRetryBudget({ now: () => 0 });
    let sent = 0;
    for (let call = 0; call < 500; call += 1) {
      sent += (await tryOut(alwaysFailing({ status: 503 }), { budget })).result.attempts;
    }
    expect(sent).toBeLessThanOrEqual(500 * 1.1 + 5);
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
