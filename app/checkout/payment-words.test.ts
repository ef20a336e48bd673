import { expect, test } from 'vitest';
import type { PaymentAttempt, PaymentState } from './payment-state.ts';
import { alarmWords, noTotalWords, notLetGoWords, statusWords, unknownWords, waitWords } from './payment-words.ts';

const INPUT = {
  cartId: 'c',
  cartVersion: 1,
  paymentMethod: 'pm_card_visa',
  expectedTotalMinor: 2490,
  email: 'a@b.example',
};
const attempt: PaymentAttempt = { reference: 'key', input: INPUT, startedAt: 0 };
const refused = (reason: string, extras = {}): PaymentState => ({ kind: 'refused', reason, extras, input: INPUT });

test('while a retry waits, the buyer is told that it is safe', () => {
  const words = statusWords({ kind: 'retrying', attempt, waitMs: 3_000 }, 2, 3);
  expect(words).toBe('Trying again in 3 s. You can’t be charged twice for this.');
});

test('without protection nobody is told that a retry is safe', () => {
  const unprotected = { reference: null, input: INPUT, startedAt: 0 };
  for (const state of [
    { kind: 'no_answer', attempt: unprotected, waitMs: 300 },
    { kind: 'retrying', attempt: unprotected, waitMs: 300 },
  ] as const) {
    expect(statusWords(state, 2, 0)).not.toMatch(/can’t be charged twice|same reference/);
  }
});

test('an unknown outcome is never called failed, and asks for a check before another payment', () => {
  expect(alarmWords({ kind: 'unknown', attempt })).toBeNull();
  const { means, next } = unknownWords(attempt);
  expect(`${means} ${next}`).not.toMatch(/failed|declined/i);
  expect(next).toMatch(/Check again before paying again.*can’t be charged twice/);
  expect(unknownWords({ ...attempt, reference: null }).next).toMatch(/may charge you again/);
});

test('who may not change the order yet is told why, and what to do', () => {
  expect(notLetGoWords('still_working')).toMatch(/^The shop is still working on it, .* Check again in a moment\.$/);
  expect(notLetGoWords('no_answer')).not.toContain('working');
});

test('a changed total shows the old amount and the new one', () => {
  const alarm = alarmWords(refused('total_changed', { quote: { totalMinor: 2990 } }));
  expect(alarm?.text).toContain('It was €24.90 and is €29.90 now.');
});

test('a cart that is paid already leads to its order', () => {
  expect(alarmWords(refused('already_ordered', { orderId: 'order-1' }))?.orderId).toBe('order-1');
});

test('every refusal, known or not, says that nothing was charged', () => {
  const reasons = ['out_of_stock', 'total_changed', 'already_ordered', 'payment_in_progress', 'payment_expired'];
  for (const reason of [...reasons, 'idempotency_key_reused', 'cart_empty', 'not_found', 'something_new']) {
    expect(alarmWords(refused(reason))?.text, reason).toMatch(/[Nn]othing was charged/);
  }
});

test('a decline says what to change', () => {
  for (const reason of ['card_declined', 'payment_method_invalid', 'authentication_required']) {
    expect(alarmWords({ kind: 'declined', reason, extras: {} })?.text).toMatch(/Choose another card/);
  }
  const poor = alarmWords({ kind: 'declined', reason: 'card_declined', extras: { declineCode: 'insufficient_funds' } });
  expect(poor?.text).toMatch(/not enough money/);
});

test('states in which nothing happens say nothing', () => {
  expect(statusWords({ kind: 'ready' }, 0, null)).toBeNull();
  expect(alarmWords({ kind: 'ready' })).toBeNull();
});

test('a shop that is silent has not failed, and the wait has a length', () => {
  const words = statusWords({ kind: 'shop_silent', attempt, waitMs: 6_400 }, 3, 6);
  expect(words).toBe('The shop is not answering. We wait 6 s before we ask again, so that it can recover.');
  expect(words).not.toMatch(/failed|declined/i);
});

test('coming back online is said with what goes on then', () => {
  expect(statusWords({ kind: 'sending', attempt, backOnline: true }, 1, null)).toMatch(/^You’re back online\. Sending/);
  expect(statusWords({ kind: 'retrying', attempt, waitMs: null, backOnline: true }, 2, null)).toMatch(
    /^You’re back online\. Trying again, try 2/,
  );
});

test('a wait says what was drawn and what the shop asked for', () => {
  expect(waitWords({ drawnMs: 1_234, retryAfterMs: null })).toBe('1.2 s drawn at random');
  expect(waitWords({ drawnMs: 300, retryAfterMs: 2_000 })).toBe(
    '2.0 s asked for by the shop, and 0.3 s drawn at random',
  );
});

test('a payment that the shop has never seen says so without a promise that it never will', () => {
  expect(alarmWords(refused('never_arrived'))?.text).toMatch(
    /Nothing was charged.*Should the first request still arrive.*only once/,
  );
});

test('without a total nothing was charged, and a browser without cookies hears what it takes', () => {
  for (const reason of [null, 'tax_unavailable', 'not_found']) {
    expect(noTotalWords(reason)).toContain('Nothing was charged');
  }
  expect(noTotalWords('not_found')).toContain('Allow cookies');
  expect(noTotalWords('tax_unavailable')).not.toContain('cookies');
});
