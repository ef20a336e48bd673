import './preflight/node-version.mjs';

const { run } = await import('./plain-failure.mjs');

run(async () => {
  const { installDependencies } = await import('./preflight/dependencies.mjs');
  const { checkNativeModule } = await import('./preflight/native-module.mjs');
  const { runPart } = await import('./suite/part.mjs');
  await installDependencies({ dev: true });
  await checkNativeModule();
  process.exit((await runPart(['--import', 'tsx', 'bench/pay.bench.ts'])) ? 0 : 1);
});
