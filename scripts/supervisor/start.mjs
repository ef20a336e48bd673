import { buildIfChanged } from '../build/build-if-changed.mjs';
import { checkDataFolder } from '../preflight/data-folder.mjs';
import { installDependencies } from '../preflight/dependencies.mjs';
import { checkNativeModule } from '../preflight/native-module.mjs';
import { checkPorts } from '../preflight/ports.mjs';
import { readSettings } from '../settings.mjs';
import { supervise } from './supervise.mjs';
import { watchSources } from './watch-sources.mjs';

/** A fresh clone to a running shop: everything that can be refused is refused before anything is started. */
export async function start({ dev }) {
  const settings = readSettings();
  await checkPorts(settings.ports);
  checkDataFolder(settings.dataFolder);
  await installDependencies({ dev });
  await checkNativeModule();
  if (!dev) await buildIfChanged();
  await supervise({ settings, commands: commandsFor(settings, { dev }), watch: dev ? watchSources : undefined });
}

function commandsFor({ ports, shopUrl, environment }, { dev }) {
  const env = { ...environment, NODE_ENV: dev ? 'development' : 'production' };
  const args = (bundle, source) => (dev ? ['--import', 'tsx', source] : ['--enable-source-maps', bundle]);
  return {
    sandbox: {
      name: 'sandbox',
      args: args('dist/sandbox.js', 'sandbox/main.ts'),
      env,
      healthUrl: `http://127.0.0.1:${ports.SANDBOX_PORT}/health`,
    },
    shop: { name: 'shop', args: args('dist/server.js', 'server.ts'), env, healthUrl: `${shopUrl}/api/health` },
  };
}
