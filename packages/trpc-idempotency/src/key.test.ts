import { describe, expect, it } from 'vitest';
import { parseIdempotencyKey } from './index.ts';

const REQUIRED = { ok: false, reason: 'idempotency_key_required' };
const INVALID = { ok: false, reason: 'idempotency_key_invalid' };

describe('the Idempotency-Key header', () => {
  it.each([
    ['"8e03978e-40d5-43e8-bc93-6894a57f9324"', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
    ['8e03978e-40d5-43e8-bc93-6894a57f9324', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
    ['"a b, c; d"', 'a b, c; d'],
    ['"say \\"once\\""', 'say "once"'],
    ['"back\\\\slash"', 'back\\slash'],
    ["!#$%&'()*+-./:<=>?@[\\]^_`{|}~", "!#$%&'()*+-./:<=>?@[\\]^_`{|}~"],
    ['  key  ', 'key'],
    [`"${'k'.repeat(255)}"`, 'k'.repeat(255)],
    ['k'.repeat(255), 'k'.repeat(255)],
  ])('%s names %s', (header, key) => {
    expect(parseIdempotencyKey(header)).toEqual({ ok: true, key });
  });

  it.each([
    ['two headers that were merged', 'a, b'],
    ['two quoted headers that were merged', '"a", "b"'],
    ['a quoted and a bare one', '"a", b'],
    ['a list without spaces', 'a,b'],
    ['an empty string', '""'],
    ['256 characters', 'k'.repeat(256)],
    ['256 quoted characters', `"${'k'.repeat(256)}"`],
    ['a quote that does not end', '"a'],
    ['a quote in the middle', 'a"b'],
    ['parameters', '"a";version=1'],
    ['a bare key with parameters', 'a;version=1'],
    ['a space', 'a b'],
    ['a tab in quotes', '"a\tb"'],
    ['a line break', 'a\nb'],
    ['a letter outside ASCII', 'schlüssel'],
    ['the same in quotes', '"schlüssel"'],
    ['a wrong escape', '"\\a"'],
  ])('with %s names none', (_what, header) => {
    expect(parseIdempotencyKey(header)).toEqual(INVALID);
  });

  it.each([[null], [''], ['   ']])('is missing when it is %j', (header) => {
    expect(parseIdempotencyKey(header)).toEqual(REQUIRED);
  });
});
