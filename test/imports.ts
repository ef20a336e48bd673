import { posix } from 'node:path';
import type { SourceFile } from './source-files.ts';

export interface Import {
  readonly specifier: string;
  readonly isType: boolean;
  /** The file or folder of ours that is meant, from the root; undefined for a dependency. */
  readonly target: string | undefined;
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** Every import, re-export and dynamic import of a file. `import { type A }` counts as a runtime import, as it is one. */
export function importsOf(file: SourceFile): Import[] {
  return [...withoutComments(file.text).matchAll(statement)].map(([, type, fixed, dynamic]) => {
    const specifier = fixed ?? dynamic ?? '';
    return { specifier, isType: type !== undefined, target: targetOf(file.path, specifier) };
  });
}

function targetOf(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier));
  if (specifier.startsWith('@payonce/')) return `packages/${specifier.slice('@payonce/'.length)}`;
  return undefined;
}

/** An example in a docstring is no import. */
export const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
