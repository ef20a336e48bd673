import type { KeyRef } from '@payonce/trpc-idempotency';
import type { EngineRoom } from '../engine-room.ts';
import { createMailer } from '../mail/mailer.ts';
import { startCompleter } from './completer.ts';
import { standForElection } from './leader.ts';
import { startOutboxRelay } from './outbox-relay.ts';
import { startReaper } from './reaper.ts';
import { startReconciler } from './reconciler.ts';
import type { Worker } from './worker.ts';

export interface Workers extends Worker {
  /** Looks at one key now, because something has been heard of it. */
  carryOn(key: KeyRef): void;
}

/** Short beside the lease of a key, which is waited for after a crash too; no longer than that where it is shorter. */
const TERM_MAX_MS = 6_000;

/** All that goes on beside the requests. Any number of processes may have it; they elect one that sweeps. */
export function startWorkers(room: EngineRoom): Workers {
  const mailer = room.outside('mail', createMailer(room.env.smtpUrl));
  const leader = standForElection({ ...room, termMs: Math.min(TERM_MAX_MS, room.engine.leaseMs) });
  const { isLeading } = leader;
  const completer = startCompleter({ ...room, isLeading });
  const workers = [
    completer,
    startOutboxRelay({ ...room, isLeading, mailer }),
    startReaper({ ...room, isLeading }),
    startReconciler({ ...room, isLeading }),
  ];
  return {
    carryOn: (key) => completer.carryOn(key),
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await leader.stop();
      mailer.close();
    },
  };
}
