import { existsSync } from 'node:fs';
import { PlainFailure } from '../plain-failure.mjs';
import { inRoot, root } from '../root.mjs';

/** Each process of its own, by the name of its bundle in `dist/`. */
const processes = { server: 'server.ts', sandbox: 'sandbox/main.ts', worker: 'server/workers/main.ts' };

/** Node 20 strips no types, so each process becomes one JavaScript file that still imports its dependencies. */
export async function bundleProcesses(entries = processes) {
  const { build } = await import('esbuild');
  const present = Object.entries(entries).filter(([, file]) => existsSync(inRoot(file)));
  const bundle = build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(present),
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'warning',
    plugins: [keepDependenciesOutside],
  });
  await bundle.catch(() => {
    throw new PlainFailure('The processes could not be bundled: mend what esbuild reports above.');
  });
}

/** A dependency stays an import; the workspace packages are TypeScript and are taken in, as is all of ours. */
const keepDependenciesOutside = {
  name: 'keep-dependencies-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./#]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@payonce/') ? undefined : { path, external: true },
    );
  },
};
