import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyJson, sameJson, toJson } from './json.ts';
import type { Json } from './record.ts';

const anyJson = fc.jsonValue().map((value) => toJson(value));

/** The same, with the properties of each object the other way round. */
function turnedRound(json: Json): Json {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(turnedRound);
  return Object.fromEntries(
    Object.entries(json)
      .map(([name, item]) => [name, turnedRound(item)] as const)
      .toReversed(),
  );
}

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

describe('a copy of JSON', () => {
  it('says the same, and shares nothing with the first', () => {
    fc.assert(
      fc.property(anyJson, (json) => {
        const copy = copyJson(json);
        expect(JSON.stringify(copy)).toBe(JSON.stringify(json));
        if (typeof json === 'object' && json !== null) expect(copy).not.toBe(json);
      }),
    );
    const nested = { list: [{ paid: true }] };
    const copy = copyJson(nested) as typeof nested;
    copy.list[0] = { paid: false };
    copy.list.push({ paid: false });
    expect(nested).toEqual({ list: [{ paid: true }] });
  });

  it('keeps a property called __proto__ a property', () => {
    const copy = copyJson(JSON.parse('{"__proto__": {"admin": true}}'));
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"admin":true}}');
    expect((copy as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('the same JSON', () => {
  it('is that of the same text, in whatever order its properties are', () => {
    fc.assert(
      fc.property(anyJson, (json) => {
        expect(sameJson(json, turnedRound(json))).toBe(true);
      }),
    );
  });

  it('is nothing that canonical JSON tells apart', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (one, other) => {
        expect(sameJson(one, other)).toBe(canonicalize(one) === canonicalize(other));
      }),
    );
  });

  it.each([
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: 1, b: 1 }, { a: 1 }],
    [[1, 2], [1]],
    [[1], { 0: 1 }],
    [{}, []],
    [{}, null],
    ['1', 1],
    [{ toString: 1 }, { valueOf: 1 }],
  ] as [Json, Json][])('is not %j and %j', (one, other) => {
    expect(sameJson(one, other)).toBe(false);
  });
});
