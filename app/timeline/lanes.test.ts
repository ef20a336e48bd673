import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { laidOut, lost, row, START, tryOf } from './testing/rows.ts';

const replayed = { verdict: 'replayed' };

describe('each request of the shop stands beside the try that it belongs to', () => {
  test('a lost answer is done there and failed here; a lost request never came', () => {
    const tries = [tryOf(1, [0, 60], lost(300)), tryOf(2, [360, 362], lost(700)), tryOf(3, [1_062, 1_080])];
    const { lanes, sent, received } = laidOut(tries, [row(1, [10, 50]), row(3, [1_065, 1_070], replayed)]);
    expect(lanes.map(({ arrivals }) => arrivals.map(({ verdict }) => verdict))).toEqual([
      ['executed'],
      [],
      ['replayed'],
    ]);
    expect(lanes[0]).toMatchObject({ fromMs: 0, toMs: 60, ending: 'no_answer', arrivals: [{ fromMs: 10, toMs: 50 }] });
    expect([sent, received]).toEqual([3, 2]);
  });

  test('what arrives more often than it was sent was sent again by the browser, or doubled by our network', () => {
    const tries = [tryOf(1, [0, 400], lost(100)), tryOf(2, [500, 600])];
    const rows = [
      row(1, [10, 50]),
      row(1, [60, 62], replayed),
      row(1, [70, 72], replayed),
      row(2, [510, 590], replayed),
      row(2, [511, 591], replayed),
    ];
    const { lanes, sent, received } = laidOut(tries, rows, {
      mishapOf: ({ number }) => (number === 2 ? 'duplicate' : 'cut_socket'),
    });
    expect(lanes.map(({ arrivals }) => arrivals.map(({ origin }) => origin))).toEqual([
      ['page', 'browser', 'browser'],
      ['page', 'network'],
    ]);
    expect([sent, received]).toEqual([2, 5]);
  });

  test('a request without a number is placed by its time', () => {
    const tries = [tryOf(1, [0, 60], lost(300)), tryOf(2, [360, 420])];
    const { lanes } = laidOut(tries, [row(null, [10, 50]), row(null, [370, 400], replayed)]);
    expect(lanes.map(({ arrivals }) => arrivals.length)).toEqual([1, 1]);
  });

  test('an earlier payment of the same cart is left out, whether it was long ago or had another key', () => {
    const earlier = [row(1, [-9_000, -8_900]), row(2, [-20, -10], { keyHash: 'another key' })];
    const { lanes, received } = laidOut([tryOf(1, [0, 60])], [...earlier, row(1, [5, 50])]);
    expect(received).toBe(1);
    expect(lanes[0]?.arrivals).toMatchObject([{ fromMs: 5 }]);
  });

  test('another operation on the same cart is no request of the payment', () => {
    const { received } = laidOut(
      [tryOf(1, [0, 60])],
      [row(1, [5, 50]), row(1, [70, 80], { operation: 'orders.refund' })],
    );
    expect(received).toBe(1);
  });
});

describe('the shop’s verdict', () => {
  test.each([
    [{}, 'executed'],
    [{ verdict: 'replayed', reason: 'card_declined', httpStatus: 402 }, 'replayed'],
    [{ verdict: 'resumed' }, 'resumed'],
    [{ reason: 'card_declined', httpStatus: 402 }, 'declined'],
    [{ reason: 'out_of_stock', httpStatus: 409 }, 'refused'],
    [{ verdict: 'idempotency_key_in_use', reason: 'idempotency_key_in_use', httpStatus: 409 }, 'in_use'],
    [{ verdict: 'payment_outcome_unknown', reason: 'payment_outcome_unknown', httpStatus: 503 }, 'not_now'],
    [{ verdict: 'rate_limited', reason: 'rate_limited', httpStatus: 429 }, 'not_now'],
  ])('%j is %s', (answered, verdict) => {
    const { lanes } = laidOut([tryOf(1, [0, 60])], [row(1, [5, 50], answered)]);
    expect(lanes[0]?.arrivals).toMatchObject([{ verdict }]);
  });

  test('without a key the second run is told apart from the first', () => {
    const tries = [tryOf(1, [0, 60], lost(300)), tryOf(2, [360, 420])];
    const { lanes } = laidOut(tries, [row(1, [5, 50]), row(2, [365, 410])]);
    expect(lanes.map(({ arrivals }) => arrivals[0]?.verdict)).toEqual(['executed', 'executed_again']);
  });
});

describe('two clocks', () => {
  const tries = [tryOf(1, [0, 60], lost(300)), tryOf(2, [360, 420])];
  const rows = [row(1, [10, 50]), row(2, [370, 400], replayed)];

  test('that agree are left alone', () => {
    expect(laidOut(tries, rows).lanes[0]?.arrivals).toMatchObject([{ fromMs: 10, toMs: 50 }]);
  });

  test.each([3_600_000, -3_600_000, 4_000, -750])('that are %d ms apart are brought together', (aheadMs) => {
    for (const { fromMs, toMs, arrivals } of laidOut(tries, rows, { aheadMs }).lanes) {
      expect(arrivals).toHaveLength(1);
      for (const arrival of arrivals) {
        expect(arrival.fromMs).toBeGreaterThanOrEqual(fromMs);
        expect(arrival.toMs).toBeLessThanOrEqual(toMs ?? 0);
      }
    }
  });

  test('never put an answer that was heard outside of its try, however far apart they are', () => {
    const moment = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(
        fc.array(moment, { minLength: 4, maxLength: 4 }),
        fc.integer({ min: -1e8, max: 1e8 }),
        (drawn, aheadMs) => {
          const [sent = 0, received = 0, done = 0, heard = 0] = drawn.toSorted((one, other) => one - other);
          const shift = (time: number) => time - sent;
          const one = tryOf(1, [0, shift(heard)]);
          const { lanes } = laidOut([one], [row(1, [shift(received), shift(done)])], { aheadMs });
          expect(lanes[0]?.arrivals[0]?.fromMs).toBeGreaterThanOrEqual(-2);
          expect(lanes[0]?.arrivals[0]?.toMs).toBeLessThanOrEqual(shift(heard) + 2);
        },
      ),
    );
  });
});

describe('a pause', () => {
  test('runs from the end of its try to the next one', () => {
    const { lanes } = laidOut([tryOf(1, [0, 60], lost(300)), tryOf(2, [365, 420])], []);
    expect(lanes[0]?.wait).toMatchObject({ fromMs: 60, toMs: 365, drawnMs: 300, heldUpMs: 0 });
  });

  test('that is still going on ends when the next try will begin', () => {
    const { lanes } = laidOut([tryOf(1, [0, 60], lost(300))], [], { now: START + 100 });
    expect(lanes[0]?.wait).toMatchObject({ fromMs: 60, toMs: 360 });
  });

  test('that lasted longer than it was meant to was held up', () => {
    const { lanes } = laidOut([tryOf(1, [0, 60], lost(300)), tryOf(2, [3_360, 3_400])], []);
    expect(lanes[0]?.wait).toMatchObject({ toMs: 3_360, heldUpMs: 3_000 });
  });
});

test('while something is open the picture grows with the time, and then it stands still', () => {
  const open = (now: number) => laidOut([tryOf(1, [0, null])], [], { now: START + now }).endMs;
  expect([open(100), open(200)]).toEqual([100, 200]);
  expect(laidOut([tryOf(1, [0, 60])], [row(1, [5, 50])]).endMs).toBe(60);
});

test('before the shop has said anything there are the tries alone', () => {
  expect(laidOut([tryOf(1, [0, null])], [], { seen: null, now: START + 5 })).toMatchObject({
    sent: 1,
    received: 0,
    lanes: [{ arrivals: [] }],
  });
});
