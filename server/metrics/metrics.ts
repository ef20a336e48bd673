import type { EngineEvent } from '@payonce/trpc-idempotency';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { AnsweredRequest } from '../http/answering.ts';
import { createStateGauges, type ReadState } from './state-gauges.ts';

/** From a replay, which is a read, to a payment whose provider takes all its time. */
const REQUEST_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** To the provider's deadline of 8 s and past the tax client's 9.4 s. */
const OUTSIDE_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16];

/** From an fsync of a good disk to the 2.5 s that a write waits for a lock. */
const WRITE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5];

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * The shop in numbers, for Prometheus. No label holds what a request chooses (a key, a customer, a path that does not
 * exist), so that nobody can make the list grow. The registry is its own: two shops in one process count apart.
 */
export function createMetrics(readState: ReadState) {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'payonce_requests_total',
    help: 'Answered requests. verdict: executed or replayed (a kept answer), answered or refused (none kept).',
    labelNames: ['operation', 'verdict', 'reason'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'payonce_request_duration_seconds',
    help: 'From the first look at a request to its answer.',
    labelNames: ['operation'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const keyEvents = new Counter({
    name: 'payonce_key_events_total',
    help: 'What happened to idempotency keys, those that no client waits for included. reason: of a refusal or release.',
    labelNames: ['operation', 'event', 'reason'],
    registers,
  });
  const outsideSeconds = new Histogram({
    name: 'payonce_outside_call_duration_seconds',
    help: 'Calls to what is not ours. answer: how the shop understood it.',
    labelNames: ['service', 'call', 'answer'],
    buckets: OUTSIDE_SECONDS,
    registers,
  });
  const writeSeconds = new Histogram({
    name: 'payonce_write_duration_seconds',
    help: 'From asking for a transaction to its commit, waiting included.',
    buckets: WRITE_SECONDS,
    registers,
  });
  const alarms = new Counter({
    name: 'payonce_alarms_total',
    help: 'Lines in the log that ask for a person.',
    registers,
  });
  const readGauges = createStateGauges(registers, readState);
  let isScraped = false;

  return {
    answered({ operation, verdict, reason, durationMs }: AnsweredRequest) {
      requests.inc({ operation, verdict, reason: reason ?? 'none' });
      requestSeconds.observe({ operation }, durationMs / 1000);
    },
    keyEvent(event: EngineEvent) {
      const reason = 'reason' in event ? event.reason : null;
      keyEvents.inc({ operation: event.operation, event: event.kind, reason: reason ?? 'none' });
    },
    outsideCall(
      call: { readonly service: string; readonly call: string; readonly answer: string },
      durationMs: number,
    ) {
      outsideSeconds.observe(call, durationMs / 1000);
    },
    written: (durationMs: number) => writeSeconds.observe(durationMs / 1000),
    alarmed: () => alarms.inc(),

    /** All of it as Prometheus reads it. */
    async scrape(): Promise<{ readonly text: string; readonly contentType: string }> {
      // Event loop, memory and garbage collection are watched from the first scrape on: who is not asked pays nothing.
      if (!isScraped) collectDefaultMetrics({ register: registry });
      isScraped = true;
      await readGauges();
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}
