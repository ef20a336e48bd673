import { AnswerError } from '../classify-fetch.ts';
import type { RetryOptions } from '../options.ts';
import { retry } from '../retry.ts';
import { type EventClock, eventClock } from './event-clock.ts';
import { seeded } from './seeded.ts';

export interface Outage {
  readonly clients: number;
  /** From the first moment on; then the server answers everything. */
  readonly outageMs: number;
  /** What the server does meanwhile: refuses at once, or takes every call and never answers. Default: `refuses`. */
  readonly server?: 'refuses' | 'is silent';
  readonly seed: number;
  /** How each client repeats. Called once a client, so that what one owns (budget, breaker) is its own. */
  readonly policyOf: (world: OutageWorld) => RetryOptions;
}

export interface OutageWorld {
  readonly clock: EventClock;
  readonly random: () => number;
}

/** What the server saw of one client. Times are milliseconds after the outage began. */
export interface OutageClient {
  readonly sentAt: readonly number[];
  /** Calls that were no retries: its first, and those that a person made after it had given up. */
  readonly firstCalls: readonly number[];
  readonly servedAt: number;
}

/** A round trip to a server that answers at once, whatever it says. */
const ROUND_TRIP_MS = 20;
/** All want something in the same second: the worst that can happen to a server that is just going down. */
const ARRIVE_WITHIN_MS = 1_000;
/** A person who is told "not known yet" looks at it, and asks again. */
const THINK_MS = { least: 5_000, most: 20_000 };

/** Very many clients on virtual time, against a server that is down for a while. Ends when each has its answer. */
export async function simulateOutage(outage: Outage): Promise<readonly OutageClient[]> {
  const { clients, outageMs, seed, policyOf, server = 'refuses' } = outage;
  const clock = eventClock();
  const random = seeded(seed);

  async function call(sentAt: number[], signal: AbortSignal) {
    sentAt.push(clock.now());
    const isDown = clock.now() < outageMs;
    if (isDown && server === 'is silent') return new Promise<void>(() => undefined);
    await clock.sleep(ROUND_TRIP_MS, signal);
    if (isDown) throw new AnswerError({ status: 503 });
  }

  async function live(): Promise<OutageClient> {
    // One each: a signal that thousands listen to takes its time.
    const { signal } = new AbortController();
    const policy = { ...policyOf({ clock, random }), random, now: clock.now, sleep: clock.sleep };
    const [sentAt, firstCalls]: [number[], number[]] = [[], []];
    await clock.sleep(random() * ARRIVE_WITHIN_MS, signal);
    for (;;) {
      firstCalls.push(clock.now());
      const result = await retry(() => call(sentAt, signal), policy);
      if (result.kind === 'ok') return { sentAt, firstCalls, servedAt: clock.now() };
      await clock.sleep(THINK_MS.least + random() * (THINK_MS.most - THINK_MS.least), signal);
    }
  }

  const all = Promise.all(Array.from({ length: clients }, live));
  await clock.run();
  return all;
}
