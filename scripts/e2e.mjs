import './preflight/node-version.mjs';

const { run } = await import('./plain-failure.mjs');

// `npm run e2e -- --headed`, `-- --ui`, `-- answers-lost`: all that Playwright understands.
run(async () => {
  const { prepareTests } = await import('./suite/prepare.mjs');
  const env = await prepareTests();
  const { buildIfChanged } = await import('./build/build-if-changed.mjs');
  await buildIfChanged();
  const { runPlaywright } = await import('./suite/parts.mjs');
  process.exit((await runPlaywright(process.argv.slice(2), env)) ? 0 : 1);
});
