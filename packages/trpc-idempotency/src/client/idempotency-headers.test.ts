import { expect, test } from 'vitest';
import { parseIdempotencyKey } from '../key.ts';
import { idempotencyHeaders, withTryNumber } from './idempotency-headers.ts';

const headersFor = (idempotencyKey: unknown) => idempotencyHeaders({ op: { context: { idempotencyKey } } });

test('the key travels as a quoted string', () => {
  expect(headersFor('8e03978e-40d5')).toEqual({ 'Idempotency-Key': '"8e03978e-40d5"' });
});

test.each(['key-1', 'a b', 'one, two', 'semi;colon', 'quo"te', 'back\\slash', '\\"'])(
  'the server reads %s as it was',
  (key) => {
    expect(parseIdempotencyKey(headersFor(key)['Idempotency-Key'] ?? null)).toEqual({ ok: true, key });
  },
);

test.each([undefined, null, '', 7])('%s is no key, and there is no header', (key) => {
  expect(headersFor(key)).toEqual({});
});

test.each(['naïve', 'line\r\nbreak', '\u0000'])('a key that no header can hold is refused: %j', (key) => {
  expect(() => headersFor(key)).toThrow(RangeError);
});

test('the number of the request goes on from those of an earlier call, with or without a key', () => {
  const numberOf = (context: Record<string, unknown>) => idempotencyHeaders({ op: withTryNumber({ context }, 2) });
  expect(numberOf({})).toEqual({ 'Payonce-Attempt': '2' });
  expect(numberOf({ idempotencyKey: 'key-1', triesBefore: 5 })).toEqual({
    'Idempotency-Key': '"key-1"',
    'Payonce-Attempt': '7',
  });
});
