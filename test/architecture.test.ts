import { describe, expect, test } from 'vitest';
import { houseRules } from './house-rules.ts';
import { isTypeScript, readTree } from './source-files.ts';

const tree = readTree();

describe('the house', () => {
  test('was read', () => {
    for (const folder of ['app/', 'server/', 'db/', 'packages/', 'sandbox/']) {
      expect(tree.filter((file) => isTypeScript(file) && file.path.startsWith(folder)).length, folder).toBeGreaterThan(
        3,
      );
    }
  });

  describe.each(houseRules)('$name', (rule) => {
    test('holds', () => {
      expect(rule.offences(tree)).toEqual([]);
    });

    test('would catch an offence', () => {
      expect(rule.offences([...tree, rule.planted]).some((offence) => offence.startsWith(rule.planted.path))).toBe(
        true,
      );
    });
  });
});
