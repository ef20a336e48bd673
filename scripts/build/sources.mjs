import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { inRoot } from '../root.mjs';

/** All that the production build is made of. The lock stands for every dependency. */
const sources = [
  'app',
  'server',
  'db',
  'packages',
  'sandbox',
  'public',
  'scripts/build',
  'server.ts',
  'proxy.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** One hash over names and contents. Times are not asked: a clone and a checkout give every file a new one. */
export function hashSources() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesUnder)) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(inRoot(file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(inRoot(path))) return [];
  if (/\.(test\.(ts|mjs)|md)$|(^|\/)node_modules$/.test(path)) return [];
  const entries = readEntries(path);
  return entries ? entries.flatMap((name) => filesUnder(`${path}/${name}`)) : [path];
}

function readEntries(path) {
  try {
    return readdirSync(inRoot(path)).sort();
  } catch (failure) {
    if (failure.code === 'ENOTDIR') return undefined;
    throw failure;
  }
}
