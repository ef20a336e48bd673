import { createCompleter, type Engine, type IdempotencyStore } from '@payonce/trpc-idempotency';
import type { Tx } from '#db/open.ts';
import type { Clock } from '../clock.ts';
import { startSweeping, type Worker } from './worker.ts';

export interface CompleterTools {
  readonly engine: Engine<Tx>;
  readonly store: IdempotencyStore<Tx>;
  readonly operations: Parameters<typeof createCompleter<Tx>>[0]['operations'];
  readonly clock: Clock;
  readonly alarm: (message: string) => void;
}

/** Somebody waits for their receipt; a look costs one read of a small index. */
const EVERY_MS = 2_000;

const KEYS_PER_SWEEP = 20;

/** Finishes what its client has left: from the stored input, with the stored quote, looked up before it is repeated. */
export function startCompleter({ alarm, ...tools }: CompleterTools): Worker {
  const completer = createCompleter({ ...tools, limit: KEYS_PER_SWEEP });
  return startSweeping({
    name: 'completer',
    everyMs: EVERY_MS,
    sweep: async () => (await completer.sweep()) === KEYS_PER_SWEEP,
    alarm,
  });
}
