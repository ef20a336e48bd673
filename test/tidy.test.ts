import { describe, expect, test } from 'vitest';
import { documentRules } from './document-rules.ts';
import { readTree } from './source-files.ts';
import { tidyRules } from './tidy-rules.ts';

const tree = readTree();

describe.each([...tidyRules, ...documentRules])('$name', (rule) => {
  test('holds', () => {
    expect(rule.offences(tree)).toEqual([]);
  });

  test('would catch an offence', () => {
    const known = new Set(rule.offences(tree));
    expect(rule.offences([...tree, rule.planted]).filter((offence) => !known.has(offence))).not.toEqual([]);
  });
});
