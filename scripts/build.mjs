import './preflight/node-version.mjs';

const { run } = await import('./plain-failure.mjs');

run(async () => {
  const { installDependencies } = await import('./preflight/dependencies.mjs');
  const { buildIfChanged } = await import('./build/build-if-changed.mjs');
  await installDependencies({ dev: false });
  await buildIfChanged();
});
