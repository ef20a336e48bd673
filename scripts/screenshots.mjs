import './preflight/node-version.mjs';

const { run } = await import('./plain-failure.mjs');

run(async () => {
  const { prepareTests } = await import('./suite/prepare.mjs');
  const env = await prepareTests();
  const { runPart } = await import('./suite/part.mjs');
  process.exit((await runPart(['--import', 'tsx', 'e2e/screenshots.ts'], { env })) ? 0 : 1);
});
