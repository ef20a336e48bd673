import { expect, test } from 'vitest';
import type { Answer } from './ask.ts';
import { type Pressed, pressTwice } from './method-row.ts';
import { linesBeside, verdictOf } from './verdict.ts';

const answer = (status: number, text = ''): Answer => ({ status, text, isReplayed: false });

const pressed = (states: Pressed['states'], status = 200): Pressed => ({
  request: { method: 'PUT', path: '/' },
  answers: [answer(status), answer(status)],
  states,
});

test.each([
  ['nothing', pressed(['1', '1', '1'])],
  ['once', pressed(['1', '2', '2'])],
  ['twice', pressed(['1', '2', '3'])],
  // The first was lost and the second was not: that the repeat changed something is what counts.
  ['twice', pressed(['1', '1', '2'])],
  ['refused', pressed(['1', '1', '1'], 400)],
] as const)('what the server had says that %s changed', (verdict, run) => {
  expect(verdictOf(run)).toBe(verdict);
});

test('the server is looked at before, between and after, and the same request is sent twice', async () => {
  let count = 0;
  const sent: unknown[] = [];
  const request = { method: 'PATCH', path: '/api/counters/a', body: { op: 'increment' } } as const;
  const run = await pressTwice({ prepare: async () => ({ request, look: async () => `${count}` }) }, async (asked) => {
    sent.push(asked);
    count += 1;
    return answer(200, `{"value":${count}}`);
  });
  expect(run.states).toEqual(['0', '1', '2']);
  expect(run.answers.map(({ text }) => text)).toEqual(['{"value":1}', '{"value":2}']);
  expect(sent).toEqual([request, request]);
});

test('only the lines that differ are marked', () => {
  const lines = linesBeside('{"id":1,"requestId":"a"}', '{"id":1,"requestId":"b"}');
  expect(lines.filter(({ isOther }) => isOther).map(({ text }) => text.trim())).toEqual(['"requestId": "a"']);
  expect(linesBeside('', '')).toEqual([]);
  expect(linesBeside('plain', 'plain')).toEqual([{ text: 'plain', isOther: false }]);
});
