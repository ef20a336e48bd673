// Imported first by every script and for its effect alone: what comes after it may use syntax and modules that an old
// Node cannot load. So nothing newer than Node 14 is used here.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const [, from, below] = /^>=(\S+) <(\S+)$/.exec(engines.node);

if (isOlder(process.versions.node, from) || !isOlder(process.versions.node, below)) {
  console.error(
    `Payonce needs Node ${from} or newer and older than ${below}, and this is ${process.versions.node}: ` +
      'install a supported version from https://nodejs.org and run the same command again.',
  );
  process.exit(1);
}

function isOlder(version, limit) {
  const [major, minor = 0] = version.split('.').map(Number);
  const [limitMajor, limitMinor = 0] = limit.split('.').map(Number);
  return major < limitMajor || (major === limitMajor && minor < limitMinor);
}
