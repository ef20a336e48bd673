import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory-store.ts';
import { engineSettings } from './options.ts';
import { manualClock } from './testing/index.ts';
import { HASH_KEY } from './testing/workbench.ts';

const home = join(import.meta.dirname, '..');
const readme = readFileSync(join(home, 'README.md'), 'utf8');

describe('the README', () => {
  it('names for each guarantee a test that exists', () => {
    const tests = readdirSync(join(home, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.test\.ts$|-contract\.ts$/.test(file) && !file.startsWith('readme'))
      .map((file) => readFileSync(join(home, 'src', file), 'utf8'))
      .join('\n');
    const named = [...section('Guarantees').matchAll(/\| `([^`]+)` \|$/gm)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !tests.includes(name))).toEqual([]);
  });

  it('gives the defaults that the engine has', () => {
    const settings = engineSettings({ store: createMemoryStore(), hashKeys: [HASH_KEY], clock: manualClock() });
    const rows = section('Options of `createEngine`');
    for (const option of ['leaseMs', 'retentionMs', 'answerBytesMax'] as const) {
      const stated = new RegExp(`^\\| \`${option}\` \\| \`number\` \\| ([\\d ]+) \\|`, 'm').exec(rows)?.[1];
      expect([option, Number(stated?.replaceAll(' ', ''))]).toEqual([option, settings[option]]);
    }
    expect(rows).toContain(settings.replayedHeaders.map((name) => `\`${name}\``).join(', '));
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\((src\/[^)]+)\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(home, path)))).toEqual([]);
  });
});

function section(title: string): string {
  return readme.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
}
