import './preflight/node-version.mjs';

const { PlainFailure, run } = await import('./plain-failure.mjs');
const { readSettings } = await import('./settings.mjs');
const { findRunning } = await import('./supervisor/running-file.mjs');
const { removeData } = await import('./supervisor/data-files.mjs');

/** Stopping, deleting and starting takes a second or two; a shop that drains a payment may need its whole drain time. */
const resetMs = 30_000;

run(async () => {
  const settings = readSettings();
  if (!settings.databaseFile)
    throw new PlainFailure('demo:reset resets the SQLite file of the demo, not a database server.');
  const running = findRunning(settings.dataFolder);
  if (running) await resetRunning(settings.dataFolder, running);
  else removeData(settings);
  console.log('The demo is as new: carts, orders, charges and emails are gone, the stock is full.');
});

/** The supervisor has the files open, so it is the one that puts them back. */
async function resetRunning(dataFolder, { pid, startedAt }) {
  process.kill(pid, 'SIGUSR2');
  const giveUpAt = Date.now() + resetMs;
  while (Date.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const running = findRunning(dataFolder);
    if (running && running.startedAt !== startedAt) return;
  }
  throw new PlainFailure('The running shop did not come back after the reset: stop it with Ctrl-C and start it again.');
}
