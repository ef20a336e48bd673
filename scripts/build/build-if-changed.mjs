import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inRoot } from '../root.mjs';
import { bundleProcesses } from './bundles.mjs';
import { buildPages } from './next.mjs';
import { hashSources } from './sources.mjs';

const stamp = inRoot('dist', 'sources.sha256');
const outputs = [inRoot('.next', 'BUILD_ID'), inRoot('dist', 'server.js'), inRoot('dist', 'sandbox.js'), stamp];

/** Builds when a source differs from what `dist/` was made of. The stamp is written last: half a build is no build. */
export async function buildIfChanged() {
  const hash = hashSources();
  if (outputs.every(existsSync) && readFileSync(stamp, 'utf8') === hash) return;
  console.log('Building…');
  rmSync(stamp, { force: true });
  mkdirSync(inRoot('dist'), { recursive: true });
  await bundleProcesses();
  await buildPages();
  writeFileSync(stamp, hash);
}
