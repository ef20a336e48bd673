import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { immediate } from './backoff.ts';
import { AnswerError, classifyFetch, failureOf } from './classify-fetch.ts';
import { type RetryResult, retry } from './retry.ts';
import { httpServer } from './testing/http-server.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** Calls a real server that gives these answers in turn, the last one again and again. */
async function callServer(
  ...answers: [Answer, ...Answer[]]
): Promise<{ result: RetryResult<string>; requests: number }> {
  let requests = 0;
  const url = await httpServer((request, response) => {
    (answers[requests] ?? answers.at(-1))?.(response, request);
    requests += 1;
  });
  const work = async ({ signal }: { signal: AbortSignal }) => {
    const response = await fetch(url, { method: 'POST', body: '{}', signal });
    if (!response.ok) throw new AnswerError(failureOf(response, Date.now()));
    return response.text();
  };
  const limits = { backoff: immediate(), attempts: 3, perTryTimeoutMs: 500, totalDeadlineMs: 5_000 };
  return { result: await retry(work, limits), requests };
}

const ok: Answer = (response) => response.end('paid');
const hangUp: Answer = (_response, request) => request.socket.destroy();
const silence: Answer = () => undefined;
const cutBody: Answer = (response, request) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('pa', () => request.socket.destroy());
};
const status =
  (code: number, headers = {}): Answer =>
  (response) =>
    response.writeHead(code, headers).end();

describe('over real sockets', () => {
  test.each([
    ['a connection that breaks', hangUp],
    ['a body that is cut after its 200', cutBody],
    ['a server that does not answer in time', silence],
    ['a 503', status(503)],
    ['a 500', status(500)],
  ])('%s is asked again', async (_name, trouble) => {
    expect(await callServer(trouble, ok)).toEqual({
      result: { kind: 'ok', value: 'paid', attempts: 2 },
      requests: 2,
    });
  });

  test('a 404 is not', async () => {
    const { result, requests } = await callServer(status(404));
    expect(result).toMatchObject({ why: 'not-retryable', lastError: { failure: { status: 404 } } });
    expect(requests).toBe(1);
  });

  test('nobody listening is asked as often as the attempts allow', async () => {
    const { result, requests } = await callServer(hangUp);
    expect(result).toMatchObject({ why: 'attempts', attempts: 3 });
    expect(requests).toBe(3);
  });

  test('a Retry-After longer than the deadline ends it', async () => {
    const { result } = await callServer(status(503, { 'retry-after': '3600' }));
    expect(result).toMatchObject({ why: 'deadline', attempts: 1 });
  });
});

test('a Retry-After date is counted from the Date of the answer, not from a clock that may be wrong', () => {
  const response = new Response(null, {
    status: 503,
    headers: { date: 'Thu, 15 Jan 2026 12:00:00 GMT', 'retry-after': 'Thu, 15 Jan 2026 12:00:07 GMT' },
  });
  expect(failureOf(response, 0)).toEqual({ status: 503, retryAfterMs: 7_000 });
});

test.each([
  ['Chromium', 'Failed to fetch'],
  ['Firefox', 'NetworkError when attempting to fetch resource.'],
  ['Safari', 'Load failed'],
])('what %s says of a broken connection is known', (_name, message) => {
  expect(classifyFetch(new TypeError(message))).toMatchObject({ kind: 'retry', why: 'no-answer' });
});

test.each([
  ['a bug', new TypeError('x is not a function')],
  ['an abort', new DOMException('aborted', 'AbortError')],
  ['what is no error', 'thrown'],
])('%s is not repeated', (_name, error) => {
  expect(classifyFetch(error)).toEqual({ kind: 'stop', why: 'unrecognised' });
});
