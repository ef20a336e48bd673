import './preflight/node-version.mjs';

const { run } = await import('./plain-failure.mjs');

// `npm run bench -- replay` measures that part alone.
run(async () => {
  const { installDependencies } = await import('./preflight/dependencies.mjs');
  const { checkNativeModule } = await import('./preflight/native-module.mjs');
  const { bundleProcesses } = await import('./build/bundles.mjs');
  const { buildIfChanged } = await import('./build/build-if-changed.mjs');
  const { runPart } = await import('./suite/part.mjs');
  await installDependencies({ dev: true });
  await checkNativeModule();
  await buildIfChanged();
  // Measured as it would be run: what strips types while it runs costs a part of each call.
  await bundleProcesses({ 'bench-shop': 'bench/shop-with-no-op.ts' });
  process.exit((await runPart(['--import', 'tsx', 'bench/main.bench.ts', ...process.argv.slice(2)])) ? 0 : 1);
});
