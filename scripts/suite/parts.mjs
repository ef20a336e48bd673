import { rmSync } from 'node:fs';
import { PlainFailure } from '../plain-failure.mjs';
import { inRoot, installed } from '../root.mjs';
import { countOf, countPlaywright, countVitest } from './counts.mjs';
import { runPart } from './part.mjs';

const report = (name) => inRoot('test-results', `${name}.json`);

const check = (name, args) => ({ name, run: async () => countOf(await runPart(args)) });

/** What `npm test` proves, in the order of how soon each part can fail. Every part runs, whatever failed before it. */
export const parts = [
  check('Biome', [installed('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.']),
  // Next generates the types of routes and style sheets that a fresh clone does not have yet.
  check('Next route types', [installed('next', 'dist', 'bin', 'next'), 'typegen']),
  check('TypeScript', [installed('typescript', 'bin', 'tsc'), '--noEmit']),
  check('knip', [installed('knip', 'bin', 'knip.js')]),
  {
    name: 'Unit, integration and architecture tests',
    async run() {
      const file = freshReport('vitest');
      const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      return countVitest(file, await runPart([installed('vitest', 'vitest.mjs'), ...args]));
    },
  },
  {
    name: 'Production build',
    async run() {
      const { buildIfChanged } = await import('../build/build-if-changed.mjs');
      try {
        await buildIfChanged();
        return countOf(true);
      } catch (failure) {
        console.error(failure instanceof PlainFailure ? failure.message : failure);
        return { ...countOf(false), fatal: true };
      }
    },
  },
  {
    name: 'End to end',
    async run({ env }) {
      const file = freshReport('playwright');
      return countPlaywright(
        file,
        await runPlaywright(['--reporter=list,json'], { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
      );
    },
  },
];

export const runPlaywright = (args, env) =>
  runPart([installed('@playwright', 'test', 'cli.js'), 'test', ...args], { env });

/** An old report must never be counted for a run that wrote none. */
function freshReport(name) {
  rmSync(report(name), { force: true });
  return report(name);
}
