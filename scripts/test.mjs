import './preflight/node-version.mjs';

const { run } = await import('./plain-failure.mjs');

run(async () => {
  const { prepareTests } = await import('./suite/prepare.mjs');
  const env = await prepareTests();
  const { parts } = await import('./suite/parts.mjs');
  const { runAll } = await import('./suite/run-all.mjs');
  const { passed, failed } = await runAll(parts, { env });
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
});
