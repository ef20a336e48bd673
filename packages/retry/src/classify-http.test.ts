import { describe, expect, test } from 'vitest';
import { classifyHttp, type HttpFailure, KEY_IN_USE } from './classify-http.ts';

const IN_USE = { status: 409, reason: KEY_IN_USE };

describe('worth another call', () => {
  test.each<[string, HttpFailure, string]>([
    ['no status', {}, 'no-answer'],
    ['no status in time', { timedOut: true }, 'timeout'],
    ['no status, but half an answer', { bodyCut: true }, 'body-cut'],
    ['408', { status: 408 }, 'timeout'],
    ['425', { status: 425 }, 'too-early'],
    ['429', { status: 429 }, 'throttled'],
    ['500', { status: 500 }, 'internal'],
    ['502', { status: 502 }, 'unavailable'],
    ['503', { status: 503 }, 'unavailable'],
    ['504', { status: 504 }, 'unavailable'],
    ['409 of a key in use', IN_USE, 'in-use'],
    ['200 with a cut body', { status: 200, bodyCut: true }, 'body-cut'],
    ['503 with a cut body', { status: 503, bodyCut: true }, 'body-cut'],
    ['409 that the server calls passing', { status: 409, retryable: true }, 'server-advice'],
  ])('%s', (_name, failure, why) => {
    expect(classifyHttp(failure)).toMatchObject({ kind: 'retry', why });
  });
});

describe('not worth another call', () => {
  test.each([400, 401, 402, 403, 404, 405, 409, 410, 412, 413, 415, 422, 501, 505])('%i', (status) => {
    expect(classifyHttp({ status })).toEqual({ kind: 'stop', why: 'refused' });
  });

  test('a 403 page from something in between, which is no JSON', () => {
    expect(classifyHttp({ status: 403, bodyCut: true })).toEqual({ kind: 'stop', why: 'refused' });
  });

  test.each([429, 500, 503])('%i when the server says that it is for good', (status) => {
    expect(classifyHttp({ status, retryable: false })).toEqual({ kind: 'stop', why: 'server-advice' });
  });
});

test('only a key in use leaves the attempts alone', () => {
  expect(classifyHttp(IN_USE)).toMatchObject({ uses: 'deadline' });
  for (const status of [undefined, 408, 425, 429, 500, 502, 503, 504]) {
    expect(classifyHttp({ status })).toMatchObject({ uses: 'attempt' });
  }
});

test('a 500 is worth one retry, also when the server calls it passing', () => {
  expect(classifyHttp({ status: 500, retryable: true })).toMatchObject({ retriesMax: 1 });
});

test('the wait that the server asked for is passed on', () => {
  expect(classifyHttp({ status: 503, retryAfterMs: 1_200 })).toMatchObject({ retryAfterMs: 1_200 });
  expect(classifyHttp({ status: 503 })).not.toHaveProperty('retryAfterMs');
});
