import { importsOf, withoutComments } from './imports.ts';
import { isTest, isTypeScript, type SourceFile, type TreeRule } from './source-files.ts';

/** Arrows point one way: app → server → db → packages. The sandbox and each package stand alone. */
const mayImport: Record<string, readonly string[]> = {
  app: ['app', 'server', 'packages'],
  server: ['server', 'db', 'packages'],
  db: ['db', 'packages'],
  sandbox: ['sandbox', 'packages'],
  'packages/retry': ['packages/retry'],
  'packages/trpc-idempotency': ['packages/trpc-idempotency', 'packages/retry'],
  e2e: ['e2e', 'test'],
  bench: ['bench', 'test', 'packages', 'server', 'db'],
};

/** Dependencies that a folder must not know, with why. Tests may: they build the world around what they test. */
const unknownTo: Record<string, { readonly pattern: RegExp; readonly because: string }> = {
  app: { pattern: /^(drizzle-orm|better-sqlite3)/, because: 'screens ask server/, which asks db/' },
  server: {
    pattern: /^(next|react|react-dom|drizzle-orm|better-sqlite3)(\/|$)/,
    because: 'the shop has neither screen nor SQL',
  },
  db: { pattern: /^(next|react|@trpc\/)/, because: 'what remembers does not know who asks' },
  sandbox: { pattern: /^(next|react|stripe|@trpc\/)/, because: 'the outside world shares nothing with the shop' },
  'packages/retry': { pattern: /^(?!@payonce\/retry)[^.]/, because: 'it has no dependency and runs in a browser' },
  'packages/trpc-idempotency': {
    pattern: /^(next|react)(\/|$)/,
    because: 'any tRPC app can lift it out',
  },
};

const folderOf = (path: string) => Object.keys(mayImport).find((folder) => path.startsWith(`${folder}/`));
const isWithin = (target: string, folders: readonly string[]) =>
  folders.some((folder) => target === folder || target.startsWith(`${folder}/`));

const arrows: TreeRule = {
  name: 'imports point one way',
  planted: { path: 'db/planted.ts', text: "import { pay } from '#server/checkout/pay.ts';" },
  offences: (files) =>
    files.filter(isTypeScript).flatMap((file) => {
      const folder = folderOf(file.path);
      if (!folder) return [];
      return importsOf(file)
        .filter(({ target }) => target !== undefined && !isWithin(target, mayImport[folder] ?? []))
        .map(
          ({ specifier }) =>
            `${file.path} imports ${specifier}; ${folder}/ may import ${mayImport[folder]?.join(', ')}`,
        );
    }),
};

const dependencies: TreeRule = {
  name: 'a folder knows only the dependencies of its trade',
  planted: { path: 'server/planted.ts', text: "import { sql } from 'drizzle-orm';" },
  offences: (files) =>
    files
      .filter((file) => isTypeScript(file) && !isTest(file.path))
      .flatMap((file) => {
        const unknown = unknownTo[folderOf(file.path) ?? ''];
        if (!unknown) return [];
        return importsOf(file)
          .filter(({ specifier, target }) => target === undefined && unknown.pattern.test(specifier))
          .map(({ specifier }) => `${file.path} imports ${specifier}, but ${unknown.because}`);
      }),
};

/** Followed through the modules that client components import: those run in the browser too, without saying so. */
const clients: TreeRule = {
  name: 'what runs in the browser knows the server by its types alone',
  planted: { path: 'app/planted.tsx', text: "'use client';\nimport { appRouter } from '#server/root.ts';" },
  offences(files) {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const seen = new Set<SourceFile>(
      files.filter((file) => isTypeScript(file) && /^['"]use client['"]/m.test(file.text)),
    );
    const found: string[] = [];
    for (const file of seen) {
      for (const { specifier, isType, target } of importsOf(file)) {
        if (isType) continue;
        if (specifier.startsWith('node:') || (target && isWithin(target, ['server', 'db']))) {
          found.push(`${file.path} runs in the browser and imports ${specifier}; use import type`);
        }
        const next = target && byPath.get(target);
        if (next) seen.add(next);
      }
    }
    return found;
  },
};

/** npm leaves out the binaries of other platforms when it writes a lock where some were installed already. */
const lock: TreeRule = {
  name: 'the lock serves every platform',
  planted: {
    path: 'package-lock.json',
    text: '{ "packages": { "node_modules/tool": { "optionalDependencies": { "@planted/darwin-arm64": "1.0.0" } } } }',
  },
  offences: (files) =>
    files
      .filter(({ path }) => path === 'package-lock.json')
      .flatMap(({ text }) => {
        const packages: Record<string, { optionalDependencies?: Record<string, string> }> = JSON.parse(text).packages;
        const locked = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
        return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
          Object.keys(optionalDependencies)
            .filter((name) => !locked.has(name))
            .map((name) => `package-lock.json lacks ${name} of ${path}; npm install --package-lock-only adds it`),
        );
      }),
};

interface PatternRule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly where: (path: string) => boolean;
  readonly planted: SourceFile;
  readonly because: string;
}

const onlyIn = ({ name, pattern, where, planted, because }: PatternRule): TreeRule => ({
  name,
  planted,
  offences: (files) =>
    files
      .filter((file) => isTypeScript(file) && !isTest(file.path) && where(file.path))
      .filter((file) => pattern.test(withoutComments(file.text)))
      .map((file) => `${file.path}: ${because}`),
});

/** What is no process of the shop, and `proxy.ts`, where the build puts NODE_ENV in as a constant. */
const mayReadEnvironment = /^(server\/env|sandbox\/env|proxy|[^/]+\.config)\.ts$|^(e2e|bench|proof|test)\//;

export const houseRules: readonly TreeRule[] = [
  arrows,
  dependencies,
  clients,
  lock,
  onlyIn({
    name: 'the environment is read in one place per process',
    pattern: /\bprocess\.env\b/,
    where: (path) => !mayReadEnvironment.test(path),
    planted: { path: 'server/planted.ts', text: 'export const port = process.env.PORT;' },
    because: 'read process.env in server/env.ts (or sandbox/env.ts) and pass the value in',
  }),
  onlyIn({
    name: 'the wall clock is read in one place',
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)/,
    where: (path) => /^(server|db)\//.test(path) && path !== 'server/clock.ts',
    planted: { path: 'server/planted.ts', text: 'export const now = () => Date.now();' },
    because: 'take a Clock (server/clock.ts), so that a test can say what time it is',
  }),
  onlyIn({
    name: 'randomness is passed in',
    pattern: /\bMath\.random\b/,
    where: (path) => /^(server|db)\//.test(path),
    planted: { path: 'server/planted.ts', text: 'export const jitter = Math.random();' },
    because: 'take a source of randomness, so that a test can say what it gives',
  }),
  onlyIn({
    name: 'a package takes time and randomness as options, and calls neither by itself',
    // Naming one as the default of an option is what a caller who passes nothing wants.
    pattern: /\b(Date\.now|Math\.random|new Date)\(\s*\)/,
    where: (path) => path.startsWith('packages/'),
    planted: { path: 'packages/retry/src/planted.ts', text: 'export const jitter = () => Math.random();' },
    because: 'take it as an option, so that a test can say what it gives',
  }),
  onlyIn({
    name: 'a state is written into a statement, and not bound to it',
    pattern: /\b(eq|ne|inArray|notInArray)\(\s*[^(),]+,\s*\[?\s*'/,
    where: (path) => /^(db|packages)\//.test(path),
    planted: { path: 'db/planted.ts', text: "const isLive = eq(payments.status, 'live');" },
    because:
      'say it in a sql template: bound, SQLite plans the statement anew at each call, as a partial index may serve',
  }),
];
