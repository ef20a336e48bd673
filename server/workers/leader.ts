import { randomUUID } from 'node:crypto';
import { leaveLead, takeLead } from '#db/leader-leases.ts';
import type { Database } from '#db/open.ts';
import type { Clock } from '../clock.ts';
import type { Alarm } from '../log.ts';
import type { Worker } from './worker.ts';

export interface Leader extends Worker {
  isLeading(): boolean;
  /** Resolves when the election that is under way is over. */
  settled(): Promise<void>;
}

export interface Election {
  readonly database: Database;
  readonly clock: Clock;
  readonly alarm: Alarm;
  /** How long a leader that is not heard of keeps its duty: others wait so long after a crash. */
  readonly termMs: number;
  /** Names this process. Default: a random UUID. */
  readonly holder?: string;
}

/** What one of all processes on a database does. */
const DUTY = 'sweeps';

/**
 * Stands for election now and again each third of a term. It saves work and nothing more: should two lead for a moment,
 * each item is still claimed, fenced or keyed by itself.
 */
export function standForElection(election: Election): Leader {
  const { database, clock, alarm, termMs, holder = randomUUID() } = election;
  const lead = { duty: DUTY, holder };
  let leadsUntil = 0;
  let isStopped = false;
  let standing = stand();

  async function stand(): Promise<void> {
    const now = clock();
    try {
      const isElected = await database.write((tx) => takeLead(tx, { ...lead, now, termMs }), 'deferred');
      leadsUntil = isElected ? now + termMs : 0;
    } catch (error) {
      // A term goes on until its end; after it another may have been elected.
      alarm('leader: an election failed', error);
    }
  }

  const timer = setInterval(
    () => {
      standing = standing.then(() => (isStopped ? undefined : stand()));
    },
    Math.ceil(termMs / 3),
  ).unref();

  return {
    isLeading: () => !isStopped && clock() < leadsUntil,
    settled: () => standing,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await standing;
      // Best effort: a term that cannot be given up ends by itself.
      if (leadsUntil > 0) await database.write((tx) => leaveLead(tx, lead)).catch(() => undefined);
    },
  };
}
