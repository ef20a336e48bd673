import { setTimeout as wait } from 'node:timers/promises';
import { PlainFailure } from '../plain-failure.mjs';
import { startProcess } from './supervised-process.mjs';

/** So many deaths, this close together and never ready in between: starting again is no help. */
const deathsMax = 5;
const deathsWindowMs = 10_000;

/** A crash is answered at once; one that repeats is slowed to this, which still has the process back within a second. */
const restartDelayMs = 300;

/** A process that is not up by then waits for something that will not come. */
const startMs = 60_000;

/**
 * Keeps one process running until it is stopped. `ready` resolves when it is up for the first time; `ended` resolves
 * after `stop` and rejects when the process cannot be kept up.
 */
export function keepRunning(command, { drainMs }) {
  let current;
  let stopping = false;
  let wasReady = false;
  let deaths = [];

  async function keep(onReady) {
    while (!stopping) {
      current = startProcess(command);
      const isUp = await Promise.race([current.ready, wait(startMs, 'too late', { ref: false })]);
      if (isUp === 'too late') throw new PlainFailure(`The ${command.name} was not ready after ${startMs / 1000} s.`);
      if (isUp) {
        if (wasReady && !stopping) console.log(`The ${command.name} is back.`);
        wasReady = true;
        onReady();
      }
      const end = await current.exited;
      if (!stopping) await beforeNextStart(end, isUp);
    }
  }

  async function beforeNextStart(end, wasUp) {
    // A process that ends by itself before it was ever ready has said why: a bad setting does not heal by repetition.
    if (!wasReady && end.signal === null) throw new PlainFailure(`The ${command.name} did not start.`);
    deaths = wasUp ? [] : [...deaths, Date.now()];
    if (deaths.length >= deathsMax && Date.now() - deaths.at(-deathsMax) < deathsWindowMs) {
      throw new PlainFailure(`The ${command.name} stopped ${deathsMax} times in a row before it was ready.`);
    }
    console.log(`The ${command.name} stopped (${end.signal ?? `exit code ${end.code}`}); starting it again.`);
    if (!wasUp) await wait(restartDelayMs);
  }

  let ended;
  const ready = new Promise((resolve) => {
    ended = keep(resolve);
  });
  return {
    ready,
    ended,
    restart: () => current.stop(drainMs),
    async stop() {
      stopping = true;
      await current.stop(drainMs);
    },
  };
}
