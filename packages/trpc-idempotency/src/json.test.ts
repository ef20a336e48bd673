import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJson } from './json.ts';

describe('what is remembered', () => {
  it('is equal to what JSON makes of it, for everything JSON can say', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(toJson(value))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('leaves undefined properties out', () => {
    expect(toJson({ a: undefined, b: { c: undefined } })).toEqual({ b: {} });
  });

  it('keeps a property called __proto__ a property', () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"admin": true}}');
    const copy = toJson(hostile);
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"admin":true}}');
    expect((copy as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each([
    ['a date', { at: new Date(0) }, 'value.at is an instance of Date'],
    ['a number that is none', [1, Number.NaN], 'value[1] is NaN'],
    ['infinity', Number.POSITIVE_INFINITY, 'value is Infinity'],
    ['a big integer', { n: 1n }, 'value.n is bigint'],
    ['a hole in a list', [undefined], 'value[0] is undefined'],
    ['a map', { m: new Map() }, 'value.m is an instance of Map'],
    ['a function', { f: () => 1 }, 'value.f is function'],
    ['half a surrogate pair', { s: '\ud800' }, 'value.s is a string with half'],
  ])('refuses %s by its place', (_what, value, message) => {
    expect(() => toJson(value)).toThrow(message);
  });

  it('keeps characters that need two halves', () => {
    expect(toJson('🛒')).toBe('🛒');
  });
});
