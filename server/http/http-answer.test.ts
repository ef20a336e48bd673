import { describe, expect, it } from 'vitest';
import { AnswerHeaders, answerFrom, jsonAnswer, toFetch } from './http-answer.ts';

describe('the headers of an answer', () => {
  it('are found by their names in whatever case, and the last value counts', () => {
    const headers = new AnswerHeaders({ 'Retry-After': '1' });
    headers.set('retry-after', '2');
    expect([headers.get('RETRY-AFTER'), headers.has('Retry-After'), headers.get('ETag')]).toEqual(['2', true, null]);
    expect([...headers]).toEqual([['retry-after', '2']]);
  });

  it.each(['two\nlines', 'ł'])('refuse a value that no header can have where it is set: %j', (value) => {
    expect(() => new AnswerHeaders().set('ETag', value)).toThrow(TypeError);
  });
});

describe('an answer made from a fetch response', () => {
  it('keeps the headers that stood already', async () => {
    const response = Response.json({}, { status: 201, headers: { 'Cache-Control': 'no-cache', Vary: 'accept' } });
    const answer = await answerFrom(response, { headers: new AnswerHeaders({ 'Cache-Control': 'no-store' }) });
    expect(answer).toMatchObject({ status: 201, body: '{}' });
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': 'no-store',
      'content-type': 'application/json',
      vary: 'accept',
    });
  });

  it.each([
    ['events', { 'Content-Type': 'text/event-stream' }],
    ['what is sent in chunks, as it comes', { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' }],
  ])('streams %s', async (_what, headers) => {
    // It has no end: read whole, it would never be answered.
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('first')) });
    const answer = await answerFrom(new Response(body, { headers }));
    const { value } = await (answer.body as ReadableStream<Uint8Array>).getReader().read();
    expect(new TextDecoder().decode(value)).toBe('first');
  });

  it('becomes one again', async () => {
    const response = toFetch(jsonAnswer({ made: 1 }, { status: 201, headers: { Location: '/1' } }));
    expect([response.status, response.headers.get('location'), await response.json()]).toEqual([
      201,
      '/1',
      { made: 1 },
    ]);
    expect((await answerFrom(new Response(null, { status: 204 }))).body).toBeNull();
  });
});
