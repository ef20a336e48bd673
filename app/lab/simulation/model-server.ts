import { AnswerError } from '@payonce/retry';
import type { Meter } from './meter.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Works on one request after the other, each for as long as its capacity says. It does not know who has left. */
export interface ModelServer {
  /** Resolves with the answer; rejects with a 503 when the server is down or has no room. */
  handle(signal: AbortSignal): Promise<void>;
}

export interface Outage {
  /** Infinity when there is none. */
  readonly fromMs: number;
  readonly toMs: number;
  /** `refuses` says 503 at once, as behind a load balancer. `hangs` takes the request in and does nothing. */
  readonly kind: 'refuses' | 'hangs';
}

interface ModelServerOptions {
  readonly clock: VirtualClock;
  readonly meter: Meter;
  readonly capacityPerS: number;
  readonly outage: Outage;
}

/** There and back over a good connection. */
const TRAVEL_MS = 20;

/** Room for more work than a client waits for (5 s): without such a queue no server is kept down by its retries. */
const QUEUE_S = 8;

export function createModelServer({ clock, meter, capacityPerS, outage }: ModelServerOptions): ModelServer {
  const workMs = 1_000 / capacityPerS;
  let queued = 0;
  let freeAt = 0;
  let hasRestarted = false;

  /** When a request that comes now is done; before its end an outage that hangs moves it, one that refuses drops it. */
  function doneAt(now: number): number {
    if (outage.kind === 'refuses' && now >= outage.toMs && !hasRestarted) {
      hasRestarted = true;
      freeAt = now;
    }
    const startsAt = Math.max(now, freeAt);
    freeAt = startsAt + workMs;
    const isHeldUp = outage.kind === 'hangs' && startsAt < outage.toMs && freeAt > outage.fromMs;
    if (isHeldUp) freeAt = Math.max(startsAt, outage.toMs) + workMs;
    return freeAt;
  }

  return {
    handle: (signal) =>
      new Promise((resolve, reject) => {
        meter.count('arrived');
        const now = clock.now();
        const refuse = () => reject(new AnswerError({ status: 503 }));
        const isDown = now >= outage.fromMs && now < outage.toMs;
        if ((isDown && outage.kind === 'refuses') || queued >= capacityPerS * QUEUE_S) {
          return clock.at(now + TRAVEL_MS, refuse);
        }
        queued += 1;
        const done = doneAt(now);
        const isDropped = outage.kind === 'refuses' && now < outage.fromMs && done > outage.fromMs;
        clock.at(isDropped ? outage.fromMs : done, () => {
          queued -= 1;
          if (isDropped) return clock.at(clock.now() + TRAVEL_MS, refuse);
          if (signal.aborted) return meter.count('wasted');
          clock.at(clock.now() + TRAVEL_MS, resolve);
        });
      }),
  };
}
