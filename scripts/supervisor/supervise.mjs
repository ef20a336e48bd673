import { onceAbandoned } from './abandoned.mjs';
import { removeData } from './data-files.mjs';
import { keepRunning } from './keep-running.mjs';
import { noteRunning, noteStopped } from './running-file.mjs';

/** The shop finishes the payments under way in at most 10 s; it is killed only when it overruns that clearly. */
const shopDrainMs = 12_000;
const sandboxDrainMs = 3_000;

/** Runs the outside world and the shop until a signal comes, then stops both and leaves nothing behind. */
export async function supervise({ settings, commands, watch }) {
  let pair = startPair(commands);
  let stopping;

  const stop = () => {
    stopping ??= pair.stop().finally(() => noteStopped(settings.dataFolder));
    return stopping;
  };
  const untilStopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(stop()));
    onceAbandoned(() => resolve(stop()));
  });

  /** Stops both, deletes what they remember and starts them again: `npm run demo:reset` on a running shop. */
  async function reset() {
    await pair.stop();
    removeData(settings);
    pair = startPair(commands);
    await announce();
  }

  /** Ends when the pair ends, so that a process that cannot be kept up is heard of whenever that happens. */
  async function announce() {
    await pair.ready;
    if (stopping) return;
    noteRunning(settings.dataFolder, Date.now());
    console.log(`Payonce is ready: ${settings.shopUrl}`);
    await pair.ended;
  }

  const failed = new Promise((_resolve, reject) => {
    announce().catch(reject);
    process.on('SIGUSR2', () => reset().catch(reject));
  });
  watch?.({ shop: () => pair.shop.restart(), sandbox: () => pair.sandbox.restart() });

  try {
    await Promise.race([untilStopped, failed]);
  } finally {
    await stop();
  }
}

/** The sandbox comes first, since a shop without an outside world would only report it missing. */
function startPair(commands) {
  const sandbox = keepRunning(commands.sandbox, { drainMs: sandboxDrainMs });
  const shop = keepRunning(commands.shop, { drainMs: shopDrainMs });
  const ended = Promise.all([sandbox.ended, shop.ended]);
  return {
    sandbox,
    shop,
    ended,
    ready: Promise.race([Promise.all([sandbox.ready, shop.ready]), ended]),
    /** The shop first: what it has under way still needs the provider. */
    async stop() {
      await shop.stop();
      await sandbox.stop();
    },
  };
}
