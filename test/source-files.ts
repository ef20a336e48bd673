import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A rule over the tree: what it found, one sentence per offence, and an offence it must find when it is planted. */
export interface TreeRule {
  readonly name: string;
  readonly planted: SourceFile;
  offences(files: readonly SourceFile[]): readonly string[];
}

/** What no person wrote or what no clone contains. */
const outside = new Set(['node_modules', '.git', '.next', 'dist', 'data', 'test-results', 'playwright-report', 'meta']);

const root = join(import.meta.dirname, '..');

/** All text of the repository that a person wrote. */
export function readTree(folder = ''): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (outside.has(entry.name) || entry.name === 'next-env.d.ts') return [];
    if (entry.isDirectory()) return readTree(path);
    if (/\.(tsx?|mjs|css|md|json|sql|svg)$|^\.ci\/run$|^LICENSE$/.test(path))
      return [{ path, text: readFileSync(join(root, path), 'utf8') }];
    // A picture has nothing to read, but a page may show it.
    return path.endsWith('.png') ? [{ path, text: '' }] : [];
  });
}

export const isTypeScript = ({ path }: SourceFile) => /\.tsx?$/.test(path);
export const isTest = (path: string) => /\.(test|spec)\.ts$|\/testing\//.test(path);
