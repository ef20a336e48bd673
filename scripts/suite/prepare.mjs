import { findBrowser } from '../preflight/browser.mjs';
import { installDependencies } from '../preflight/dependencies.mjs';
import { checkNativeModule } from '../preflight/native-module.mjs';

/** Everything a test run needs on a fresh machine; returns the environment that tells Playwright its browser. */
export async function prepareTests() {
  await installDependencies({ dev: true });
  await checkNativeModule();
  const browser = await findBrowser();
  return { NEXT_TELEMETRY_DISABLED: '1', ...(browser ? { CHROMIUM_PATH: browser } : {}) };
}
