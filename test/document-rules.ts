import { posix } from 'node:path';
import { isTypeScript, type SourceFile, type TreeRule } from './source-files.ts';

const isMarkdown = ({ path }: SourceFile) => path.endsWith('.md');
const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

const titles: TreeRule = {
  name: 'a Markdown file has one title',
  planted: { path: 'docs/planted.md', text: '# One\n\n# Two\n' },
  offences: (files) =>
    files
      .filter(isMarkdown)
      .map(({ path, text }) => ({ path, titles: withoutCode(text).match(/^# /gm)?.length ?? 0 }))
      .filter((file) => file.titles !== 1)
      .map((file) => `${file.path} has ${file.titles} lines that start with "# "`),
};

/** GitHub's own rule for the anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const links: TreeRule = {
  name: 'every relative link in Markdown leads somewhere',
  planted: { path: 'docs/planted.md', text: '# Planted\n\n[nowhere](nowhere.md)\n' },
  offences(files) {
    const paths = new Set(files.flatMap(({ path }) => ancestors(path)));
    return files.filter(isMarkdown).flatMap((file) =>
      [...withoutCode(file.text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
        if (/^[a-z]+:/.test(link)) return [];
        const [relative = '', anchor] = link.split('#');
        const target = relative
          ? posix.normalize(posix.join(posix.dirname(file.path), relative)).replace(/\/$/, '')
          : file.path;
        if (!paths.has(target)) return [`${file.path} links to ${link}, which does not exist`];
        const page = files.find(({ path }) => path === target);
        const headings = [...(page?.text.matchAll(/^#+ (.*)$/gm) ?? [])].map(([, heading = '']) => anchorOf(heading));
        return anchor && target.endsWith('.md') && !headings.includes(anchor)
          ? [`${file.path} links to ${link}, but no heading is called so`]
          : [];
      }),
    );
  },
};

/** `a/b/c.ts` → `a`, `a/b`, `a/b/c.ts`: a link may name a folder. */
const ancestors = (path: string) => path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));

const map: TreeRule = {
  name: 'every path on the map in the README exists',
  planted: { path: 'README.md', text: '## The house\n\n```\nnowhere/   a folder\n```\n' },
  offences(files) {
    const paths = new Set(files.flatMap(({ path }) => ancestors(path)));
    return pathsOnMap(files)
      .filter((path) => !paths.has(path))
      .map((path) => `README.md shows ${path}, which does not exist`);
  },
};

/** The block under "The house": one path a line, indented below its folder, then what it is. */
function pathsOnMap(files: readonly SourceFile[]): string[] {
  const readme = files.findLast(({ path }) => path === 'README.md')?.text ?? '';
  const block =
    /^## The house\n[\s\S]*?```\w*\n([\s\S]*?)```/m.exec(readme)?.[1] ?? 'a map under the heading "The house"';
  const folders: string[] = [];
  return block
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const depth = (/^ */.exec(line)?.[0].length ?? 0) / 2;
      const name = line.trim().split(/\s/)[0]?.replace(/\/$/, '') ?? '';
      folders.splice(depth, Number.POSITIVE_INFINITY, name);
      return folders.join('/');
    });
}

const glossary: TreeRule = {
  name: 'every word of the glossary is a name in the code',
  planted: { path: 'docs/glossary.md', text: '# Glossary\n\n| planted | `noSuchName` | nothing |\n' },
  offences(files) {
    const code = files
      .filter((file) => isTypeScript(file) && !file.path.startsWith('test/'))
      .map(({ text }) => text)
      .join('\n');
    const page = files.findLast(({ path }) => path === 'docs/glossary.md')?.text ?? '';
    return wordsOf(page)
      .filter((word) => !new RegExp(`\\b${word}\\b`).test(code))
      .map((word) => `docs/glossary.md names ${word}, which no code does`);
  },
};

/** What stands between backticks in the second column. */
const wordsOf = (page: string) =>
  [...page.matchAll(/^\|[^|]*\|([^|]*)\|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([\w-]+)(?:\(\))?`/g)].map(([, name = '']) => name),
  );

const decisions: TreeRule = {
  name: 'a decision record says when, whether, why, what and what follows',
  planted: { path: 'docs/decisions/9999-planted.md', text: '# Planted\n\nDate: 2026-01-01\n' },
  offences: (files) =>
    files
      .filter(({ path }) => path.startsWith('docs/decisions/'))
      .flatMap(({ path, text }) => [
        ...(/^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/.test(path)
          ? []
          : [`${path} is not called NNNN-what-was-decided.md`]),
        ...[/^Date: \d{4}-\d\d-\d\d$/m, /^Status: /m, /^## Context$/m, /^## Decision$/m, /^## Consequences$/m]
          .filter((heading) => !heading.test(text))
          .map((heading) => `${path} lacks ${heading.source}`),
      ]),
};

const environment: TreeRule = {
  name: 'the README names every setting of the shop, and none that nobody reads',
  planted: { path: 'server/env.ts', text: '  PLANTED: z.string(),' },
  offences(files) {
    const readme = files.find(({ path }) => path === 'README.md')?.text ?? '';
    const section = /^## Environment\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? '';
    const named = [...section.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name = '']) => name);
    const schema = files.filter(({ path }) => path === 'server/env.ts').map(({ text }) => text);
    const read = schema.flatMap((text) => [...text.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name));
    const code = files.filter(({ path }) => /\.(ts|mjs)$/.test(path) && !path.startsWith('test/'));
    return [
      ...read.filter((name) => name !== 'NODE_ENV' && !named.includes(name)).map((name) => `README.md lacks ${name}`),
      ...named
        .filter((name) => !code.some(({ text }) => text.includes(name)))
        .map((name) => `README.md names ${name}, which nothing reads`),
    ];
  },
};

export const documentRules: readonly TreeRule[] = [titles, links, map, glossary, decisions, environment];
