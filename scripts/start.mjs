import './preflight/node-version.mjs';

const { run } = await import('./plain-failure.mjs');

run(async () => {
  const { start } = await import('./supervisor/start.mjs');
  await start({ dev: process.argv.includes('--dev') });
  process.exit(0);
});
