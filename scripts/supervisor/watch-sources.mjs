import { existsSync, watch } from 'node:fs';
import { inRoot } from '../root.mjs';

/** Editors write a file in several steps; one restart is enough for all of them. */
const settleMs = 150;

const sourcesOf = { shop: ['server.ts', 'server', 'db', 'packages'], sandbox: ['sandbox'] };

/** Development: a change in what a process is made of starts it again. Next reloads what is under `app/` by itself. */
export function watchSources(restart) {
  for (const [name, paths] of Object.entries(sourcesOf)) {
    let settled;
    const onChange = (_event, file) => {
      if (!/\.(ts|sql|json)$/.test(file ?? '') || /\.(test|spec)\.ts$/.test(file)) return;
      clearTimeout(settled);
      settled = setTimeout(restart[name], settleMs);
    };
    for (const path of paths.filter((source) => existsSync(inRoot(source)))) {
      watch(inRoot(path), { recursive: !path.endsWith('.ts') }, onChange);
    }
  }
}
