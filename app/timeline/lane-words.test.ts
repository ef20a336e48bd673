import { describe, expect, test } from 'vitest';
import { duration, laneSentence, spanWords, surplusWords, waitWords } from './lane-words.ts';
import { laidOut, lost, row, tryOf } from './testing/rows.ts';

type Rows = Parameters<typeof laidOut>[1];
const only = (one: ReturnType<typeof tryOf>, rows: Rows, more: Parameters<typeof laidOut>[2] = {}) => {
  const [lane] = laidOut([one], rows, more).lanes;
  if (!lane) throw new Error('there is one try');
  return lane;
};
const unanswered = tryOf(1, [0, 60], lost(300));

describe('what only both sides together can tell', () => {
  test('an answer that was given and not heard was lost; a request that never came was lost before', () => {
    expect(laneSentence(only(unanswered, [row(1, [5, 50])]))).toBe('The shop had answered. The answer was lost.');
    expect(laneSentence(only(unanswered, [], { mishapOf: () => 'lose_request' }))).toBe('It did not reach the shop.');
    expect(laneSentence(only(unanswered, [row(1, [5, null])]))).toBe('You stopped waiting. The shop is still at work.');
    expect(laneSentence(only(unanswered, [], { mishapOf: () => 'offline' }))).toBe('You were offline.');
  });

  test('a request that nobody lost and the shop does not show may have reached a shop that died', () => {
    const words = 'The shop shows no record of it. If the shop died, its log died too.';
    expect(laneSentence(only(unanswered, []))).toBe(words);
    expect(laneSentence(only(unanswered, [], { mishapOf: () => 'lose_response' }))).toBe(words);
  });

  test('an answer that came when nobody waited any more was not lost', () => {
    const late = 'You stopped waiting before the shop was done.';
    const stopped = tryOf(1, [0, 5_000], lost(300));
    expect(laneSentence(only(stopped, [row(1, [5, 6_200])]))).toBe(late);
    // By two clocks, a few milliseconds later may be earlier.
    expect(laneSentence(only(stopped, [row(1, [5, 5_003])]))).toBe('The shop had answered. The answer was lost.');
    const once = row(1, [5, 50]);
    const oneMore = row(1, [60, 6_200], { verdict: 'replayed' });
    expect(laneSentence(only(stopped, [once, oneMore]))).toBe('The shop had answered. The answer was lost.');
  });

  test('a busy gateway is told from a busy shop', () => {
    const busy = tryOf(1, [0, 5], { ending: 'busy' });
    for (const gateway of ['answer_503', 'answer_429'] as const) {
      const turnedAway = only(busy, [], { mishapOf: () => gateway });
      expect(laneSentence(turnedAway)).toBe('It was turned away before the shop.');
    }
    expect(laneSentence(only(busy, []))).toBe('It was turned away. The shop shows no record of it.');
    const notNow = row(1, [1, 4], { verdict: 'tax_unavailable', reason: 'tax_unavailable', httpStatus: 503 });
    expect(laneSentence(only(busy, [notNow]))).toBe('The shop asked for patience.');
  });

  test('while it waits, where it is', () => {
    const open = tryOf(1, [0, null]);
    expect(laneSentence(only(open, []))).toBe('On its way to the shop.');
    expect(laneSentence(only(open, [row(1, [5, null])]))).toBe('The shop is at work.');
    expect(laneSentence(only(open, [row(1, [5, 50])]))).toBe('The shop is done. Its answer is on the way.');
  });

  test('an answer is told by what it was', () => {
    const answered = tryOf(1, [0, 60]);
    expect(laneSentence(only(answered, [row(1, [5, 50])]))).toBe('You got the answer.');
    expect(laneSentence(only(answered, [row(1, [5, 50], { verdict: 'replayed' })]))).toBe(
      'You got the answer that had been stored.',
    );
    const declined = row(1, [5, 50], { reason: 'card_declined', httpStatus: 402 });
    expect(laneSentence(only(answered, [declined]))).toBe('You got the answer: it was a no.');
    const inUse = tryOf(1, [0, 60], { ending: 'in_use' });
    expect(laneSentence(only(inUse, []))).toBe('The shop was still at work on the first.');
  });
});

test('a pause says what was drawn, what was asked for, and what held it up', () => {
  const pause = { fromMs: 0, toMs: 0, heldUpMs: 0 };
  expect(waitWords({ ...pause, waitMs: 312, drawnMs: 312, retryAfterMs: null })).toBe('Waits 312 ms, drawn at random.');
  expect(waitWords({ ...pause, waitMs: 2_250, drawnMs: 250, retryAfterMs: 2_000 })).toBe(
    'Waits 2.25 s: asked for 2.00 s (Retry-After), drew 250 ms on top.',
  );
});

test.each([
  ['offline', 'without a connection'],
  ['shop_silent', 'because the shop was silent'],
  [undefined, 'more'],
] as const)('a pause that was held up by %s went on %s', (heldUpBy, words) => {
  const pause = { fromMs: 0, toMs: 0, waitMs: 312, drawnMs: 312, retryAfterMs: null, heldUpMs: 3_000 };
  expect(waitWords({ ...pause, ...(heldUpBy && { heldUpBy }) })).toBe(
    `Waits 312 ms, drawn at random, then 3.00 s ${words}.`,
  );
});

test('what the browser sent by itself is counted and said; what the page sent needs no word', () => {
  const resent = [
    row(1, [5, 50]),
    row(1, [55, 56], { verdict: 'replayed' }),
    row(1, [57, 58], { verdict: 'replayed' }),
  ];
  expect(surplusWords([only(unanswered, resent)])).toContain('Your browser sent 2 of them again by itself');
  expect(surplusWords([only(unanswered, resent.slice(0, 1))])).toBeNull();
});

test('times are short, and their unit stands with them', () => {
  expect([0.4, 52, 999.6, 1_234, 12_345].map(duration)).toEqual(['0 ms', '52 ms', '1.00 s', '1.23 s', '12.3 s']);
  expect(spanWords(4, 52)).toBe('4 ms to 52 ms');
  expect(spanWords(4, null)).toBe('from 4 ms, not over');
});
