import './preflight/node-version.mjs';

const { run } = await import('./plain-failure.mjs');

// The same code and settings as the shop's, in this very process: a signal to it is a signal to the worker.
run(async () => {
  const { checkDataFolder } = await import('./preflight/data-folder.mjs');
  const { installDependencies } = await import('./preflight/dependencies.mjs');
  const { checkNativeModule } = await import('./preflight/native-module.mjs');
  const { buildIfChanged } = await import('./build/build-if-changed.mjs');
  const { inRoot } = await import('./root.mjs');
  const { readSettings } = await import('./settings.mjs');
  const { pathToFileURL } = await import('node:url');
  const settings = readSettings();
  checkDataFolder(settings.dataFolder);
  await installDependencies({ dev: false });
  await checkNativeModule();
  await buildIfChanged();
  Object.assign(process.env, settings.environment, { NODE_ENV: 'production' });
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(inRoot('dist', 'worker.js')).href);
});
