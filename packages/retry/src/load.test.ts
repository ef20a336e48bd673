import { beforeAll, describe, expect, test } from 'vitest';
import { exponential, fixed, fullJitter } from './backoff.ts';
import { createBreaker } from './breaker.ts';
import { createRetryBudget } from './budget.ts';
import type { RetryOptions } from './options.ts';
import { type Outage, type OutageClient, type OutageWorld, simulateOutage } from './testing/outage.ts';

const OUTAGE_MS = 60_000;
const WINDOW_MS = 100;
const GROWTH = { baseMs: 500, capMs: 8_000 };
/** Clients that never go away: who gives up early is no load on a server that comes back. */
const STAYS = { attempts: 1_000, perTryTimeoutMs: 5_000, totalDeadlineMs: 300_000 };
/** As the retry link has it. Who gives up is a person, who looks at what is on the screen and asks again. */
const OF_THE_LINK = { attempts: 5, perTryTimeoutMs: 5_000, totalDeadlineMs: 60_000 };

/** What the floor of a budget is worth over the outage: full when it begins, and refilled meanwhile. */
const FLOOR = 10 + 10 * (OUTAGE_MS / 60_000);
/** As long as a breaker stays open at most. */
const OPEN_MS_MAX = 5_000 + 5_000;

const whole =
  (patience: typeof STAYS) =>
  ({ clock, random }: OutageWorld): RetryOptions => ({
    ...patience,
    backoff: fullJitter(GROWTH),
    budget: createRetryBudget({ now: clock.now }),
    breaker: createBreaker({ now: clock.now, random }),
    whenOpen: 'wait',
  });

const during = (times: readonly number[]) => times.filter((at) => at < OUTAGE_MS).length;

/** How many requests of all clients each window after the outage holds, up to that of the last one. */
function windowsOf(clients: readonly OutageClient[]): readonly number[] {
  const sentAt = clients.flatMap((client) => client.sentAt).filter((at) => at >= OUTAGE_MS);
  const windows = new Array<number>(Math.floor((Math.max(...sentAt) - OUTAGE_MS) / WINDOW_MS) + 1).fill(0);
  for (const at of sentAt) {
    const window = Math.floor((at - OUTAGE_MS) / WINDOW_MS);
    windows[window] = (windows[window] ?? 0) + 1;
  }
  return windows;
}

const meanOf = (windows: readonly number[]) => windows.reduce((sum, count) => sum + count, 0) / windows.length;
const peakOf = (clients: readonly OutageClient[]) => Math.max(...windowsOf(clients)) / meanOf(windowsOf(clients));

/** Clients that sent more, while it lasted, than 1.1 requests for each call and the floor of their budget. */
const overTheBound = (clients: readonly OutageClient[]) =>
  clients.filter(({ sentAt, firstCalls }) => during(sentAt) > 1.1 * during(firstCalls) + FLOOR);

const run = (outage: Omit<Outage, 'outageMs' | 'seed'>) => simulateOutage({ ...outage, outageMs: OUTAGE_MS, seed: 1 });

describe('5,000 clients and a server that is down for a minute', () => {
  let clients: readonly OutageClient[];
  beforeAll(async () => {
    clients = await run({ clients: 5_000, policyOf: whole(STAYS) });
  }, 240_000);

  test('while it lasts each sends 1.1 requests for each call, and no more than the floor of its budget on top', () => {
    expect(overTheBound(clients)).toEqual([]);
    // The breaker leaves one probe in 5 s to 10 s after the first few failures, which is well below that bound.
    expect(clients.reduce((sum, { sentAt }) => sum + during(sentAt), 0)).toBeLessThan(12 * clients.length);
  });

  test('afterwards no 100 ms hold more than twice the mean', () => {
    expect(peakOf(clients)).toBeLessThan(2);
  });

  test('and each is served as soon as its longest wait is over', () => {
    expect(clients).toHaveLength(5_000);
    expect(Math.max(...clients.map(({ servedAt }) => servedAt))).toBeLessThan(OUTAGE_MS + OPEN_MS_MAX + 1_000);
  });
});

describe.each<[string, Pick<Outage, 'server' | 'policyOf'>]>([
  ['that give up and ask again, as the retry link and a person do', { policyOf: whole(OF_THE_LINK) }],
  ['of a server that never answers, and is waited for by each call', { server: 'is silent', policyOf: whole(STAYS) }],
])('5,000 clients %s', (_name, outage) => {
  test('keep to the same bounds', async () => {
    const clients = await run({ clients: 5_000, ...outage });
    expect(overTheBound(clients)).toEqual([]);
    // Some come much later than the others here, which lowers the mean and spares the server: so it is that of the others.
    const mean = clients.length / (OPEN_MS_MAX / WINDOW_MS);
    expect(Math.max(...windowsOf(clients))).toBeLessThan(2 * mean);
  }, 240_000);
});

describe('what it would be without', () => {
  test('jitter: clients that failed together come back in waves', async () => {
    const policyOf = () => ({ ...STAYS, backoff: exponential(GROWTH) });
    expect(peakOf(await run({ clients: 1_000, policyOf }))).toBeGreaterThan(4);
  });

  test('a budget: the impatient send a hundred times as much, and with one they keep to the same bound', async () => {
    const impatient = { ...STAYS, backoff: fixed({ delayMs: 100 }) };
    const free = await run({ clients: 100, policyOf: () => impatient });
    for (const { sentAt, firstCalls } of free) {
      expect(during(sentAt)).toBeGreaterThan(10 * (1.1 * during(firstCalls) + FLOOR));
    }
    const budgetOf = ({ clock }: OutageWorld) => createRetryBudget({ now: clock.now });
    const budgeted = await run({ clients: 100, policyOf: (world) => ({ ...impatient, budget: budgetOf(world) }) });
    expect(overTheBound(budgeted)).toEqual([]);
  });
});
