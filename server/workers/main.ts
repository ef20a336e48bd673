import { DRAIN_MS, endedWithin, onceAskedToEnd } from '../drain.ts';
import { openEngineRoom } from '../engine-room.ts';
import { readEnv } from '../env.ts';
import { startFailure } from '../start-failure.ts';
import { startWorkers } from './start-workers.ts';

/** The workers in a process of their own, beside any number of shops on the same database. */
async function main(): Promise<void> {
  const room = await openEngineRoom(readEnv());
  const workers = startWorkers(room);
  // The workers' own timers keep no process alive.
  const alive = setInterval(() => undefined, 60_000);
  onceAskedToEnd(async () => {
    clearInterval(alive);
    await endedWithin(DRAIN_MS, workers.stop());
    await room.drain();
    await room.close();
  });
  console.log(`worker ready (pid ${process.pid})`);
}

main().catch((error: unknown) => {
  console.error(startFailure(error));
  process.exit(1);
});
