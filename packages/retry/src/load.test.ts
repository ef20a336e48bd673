import { beforeAll, describe, expect, test } from 'vitest';
import { exponential, fixed, fullJitter } from './backoff.ts';
import { createBreaker } from './breaker.ts';
import { createRetryBudget } from './budget.ts';
import type { RetryOptions } from './options.ts';
import { type OutageRun, type OutageWorld, simulateOutage } from './testing/outage.ts';

const OUTAGE_MS = 60_000;
const WINDOW_MS = 100;
const GROWTH = { baseMs: 500, capMs: 8_000 };
/** Clients that never go away: who gives up early is no load on a server that comes back. */
const STAYS = { attempts: 1_000, perTryTimeoutMs: 5_000, totalDeadlineMs: 300_000 };

/** What the floor of a budget is worth over the outage: full when it begins, and refilled meanwhile. */
const FLOOR = 10 + 10 * (OUTAGE_MS / 60_000);

const whole = ({ clock, random }: OutageWorld): RetryOptions => ({
  ...STAYS,
  backoff: fullJitter(GROWTH),
  budget: createRetryBudget({ now: clock.now }),
  breaker: createBreaker({ now: clock.now, random }),
  whenOpen: 'wait',
});

const during = (times: readonly number[]) => times.filter((at) => at < OUTAGE_MS).length;

/** The fullest window after the outage, in terms of the mean of all up to the last request. */
function peakOf({ sentAt }: OutageRun): number {
  const after = sentAt.filter((at) => at >= OUTAGE_MS).map((at) => Math.floor((at - OUTAGE_MS) / WINDOW_MS));
  const windows = new Array<number>(Math.max(...after) + 1).fill(0);
  for (const window of after) windows[window] = (windows[window] ?? 0) + 1;
  return Math.max(...windows) / (after.length / windows.length);
}

describe('5,000 clients and a server that is down for a minute', () => {
  const clients = 5_000;
  let run: OutageRun;
  beforeAll(async () => {
    run = await simulateOutage({ clients, outageMs: OUTAGE_MS, seed: 1, policyOf: whole });
  }, 240_000);

  test('while it lasts they send 1.1 requests for each call, and no more than the floor of their budgets on top', () => {
    expect(during(run.sentAt)).toBeLessThanOrEqual(1.1 * during(run.firstCalls) + FLOOR * clients);
    // The breaker leaves one probe in 5 s to 10 s after the first few failures, which is well below that bound.
    expect(during(run.sentAt)).toBeLessThan(14 * clients);
  });

  test('afterwards no 100 ms hold more than twice the mean', () => {
    expect(peakOf(run)).toBeLessThan(2);
  });

  test('and each is served as soon as its longest wait is over', () => {
    expect(run.servedAt).toHaveLength(clients);
    expect(Math.max(...run.servedAt)).toBeLessThan(OUTAGE_MS + 5_000 + 5_000 + 1_000);
  });
});

describe('what it would be without', () => {
  test('jitter: clients that failed together come back in waves', async () => {
    const policyOf = () => ({ ...STAYS, backoff: exponential(GROWTH) });
    expect(peakOf(await simulateOutage({ clients: 1_000, outageMs: OUTAGE_MS, seed: 1, policyOf }))).toBeGreaterThan(4);
  });

  test('a budget: the impatient send a hundred times as much, and with one they keep to the same bound', async () => {
    const clients = 100;
    const impatient = { ...STAYS, backoff: fixed({ delayMs: 100 }) };
    const sendWith = async (policyOf: (world: OutageWorld) => RetryOptions) => {
      const { sentAt, firstCalls } = await simulateOutage({ clients, outageMs: OUTAGE_MS, seed: 1, policyOf });
      return { sent: during(sentAt), bound: 1.1 * during(firstCalls) + FLOOR * clients };
    };
    const free = await sendWith(() => impatient);
    expect(free.sent).toBeGreaterThan(10 * free.bound);
    const budgeted = await sendWith(({ clock }) => ({ ...impatient, budget: createRetryBudget({ now: clock.now }) }));
    expect(budgeted.sent).toBeLessThanOrEqual(budgeted.bound);
  });
});
