import { isTypeScript, type TreeRule } from './source-files.ts';

/** What is not written here, and what is written instead. */
const banned: readonly { readonly text: RegExp; readonly instead: string }[] = [
  { text: /\b(TODO|FIXME|XXX|HACK)\b/, instead: 'do it, or open an issue' },
  { text: /@ts-(ignore|nocheck)|\bas any\s*(?=[;,)\]}>|&]|$)/, instead: 'a type that says what is known' },
  {
    text: /^(?!.*\b(not|no|never|impossible)\b).*exactly[- ]once[- ]delivery/i,
    instead: 'at-least-once delivery and idempotent processing',
  },
  { text: /\bfingerprint/i, instead: 'request hash, requestHash' },
  { text: /\b\w*ttl(Ms|Seconds)?\b|\bTTL\b/, instead: 'retentionMs' },
  { text: /\bmaxAttempts\b|\bmaxRetries\b/, instead: 'attempts (calls made) or retries (calls after the first)' },
  { text: /\b(timeout|delay|lease|retention)(Milliseconds|Secs|InMs)\b/i, instead: 'the unit last and short: leaseMs' },
  { text: /\b(amount|price|total|subtotal|tax)(In)?Cents\b/, instead: 'amountMinor: not every currency has cents' },
  { text: /\bfor now\b|\bquick fix\b|\bworkaround for now\b/i, instead: 'the reason why it is so' },
  // A path that exists on one machine only.
  { text: /(?<![\w.@-])\/(work|root|farm|home\/\w+|Users\/\w+)\//, instead: 'a path from the root of the repository' },
];

/** The list above contains what it bans, and the migrations are generated. */
const isExempt = (path: string) =>
  path === 'test/tidy-rules.ts' || path.startsWith('db/migrations/') || path === 'package-lock.json';

const words: TreeRule = {
  name: 'banned words are not written',
  planted: { path: 'server/planted.ts', text: '// TODO: mend it' },
  offences: (files) =>
    files
      .filter(({ path }) => !isExempt(path))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .flatMap((line, index) =>
            banned
              .filter((ban) => ban.text.test(line))
              .map(({ text: ban, instead }) => `${path}:${index + 1} says "${ban.exec(line)?.[0]}"; write ${instead}`),
          ),
      ),
};

const linesMax = 250;

const lengths: TreeRule = {
  name: `no source file is longer than ${linesMax} lines`,
  planted: { path: 'server/planted.ts', text: '\n'.repeat(linesMax + 1) },
  offences: (files) =>
    files
      .filter((file) => (isTypeScript(file) || file.path.endsWith('.mjs')) && !isExempt(file.path))
      .map(({ path, text }) => ({
        path,
        lines: text.trimEnd() === '' ? text.length : text.trimEnd().split('\n').length,
      }))
      .filter(({ lines }) => lines > linesMax)
      .map(({ path, lines }) => `${path} has ${lines} lines: it is more than one idea`),
};

const drawers: TreeRule = {
  name: 'folders and files are named by what is in them',
  planted: { path: 'server/utils.ts', text: '' },
  offences: (files) =>
    files
      .filter(({ path }) => /(^|\/)(utils?|helpers?|common|lib|misc|types|shared)(\/|\.[a-z]+$)/.test(path))
      .map(({ path }) => `${path} is a drawer: name it by a word of the business`),
};

export const tidyRules: readonly TreeRule[] = [words, lengths, drawers];
