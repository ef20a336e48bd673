import { setTimeout as pause } from 'node:timers/promises';
import { Bell } from './bell.ts';
import type { Happenings } from './happenings.ts';
import type { Look, Snapshot } from './snapshot.ts';

/** A payment is a dozen happenings within a few milliseconds, and a screen needs one look at them. */
const GATHER_MS = 100;

export interface WatchTools {
  readonly principal: string;
  readonly look: (whenMoreIsKnown: () => void) => Promise<Look>;
  readonly happenings: Happenings;
  readonly signal: AbortSignal;
}

/**
 * The whole truth of one customer now, and again each time it has changed. Who reads slowly is given the latest state
 * and not a queue of old ones: the next look is taken when the last one has been read.
 */
export async function* watch({ principal, look, happenings, signal }: WatchTools): AsyncGenerator<Snapshot, void> {
  const bell = new Bell();
  const deafen = happenings.listen(principal, bell.ring);
  signal.addEventListener('abort', bell.ring);
  try {
    let shown = '';
    while (!signal.aborted) {
      bell.silence();
      const { snapshot, lookAgainMs } = await look(bell.ring);
      // The time of the look is no change by itself.
      const seen = JSON.stringify({ ...snapshot, now: 0 });
      if (seen !== shown) yield snapshot;
      shown = seen;
      await pause(GATHER_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await bell.rung(lookAgainMs);
    }
  } finally {
    deafen();
    signal.removeEventListener('abort', bell.ring);
  }
}
