import { expect, test } from 'vitest';
import type { PaymentState } from '../checkout/payment-state.ts';
import { mayCharge } from './may-charge.ts';

const input = {
  cartId: 'c1',
  cartVersion: 1,
  paymentMethod: 'pm_card_visa',
  expectedTotalMinor: 2490,
  email: 'a@b.example',
};
const attempt = { reference: 'k1', input, startedAt: 0 };
const ready: PaymentState = { kind: 'ready' };
const declined: PaymentState = { kind: 'declined', reason: 'card_declined', extras: {} };
const ended = { requests: [{ cartId: 'c1', verdict: 'executed' }], keys: [] };

test('what is under way may still be charged, and so may what the phone has given up without an outcome', () => {
  expect(mayCharge('c1', { kind: 'sending', attempt }, ended)).toBe(true);
  expect(mayCharge('c1', { kind: 'unknown', attempt }, ended)).toBe(true);
  expect(mayCharge('c1', { kind: 'unknown', attempt: { ...attempt, reference: null } }, null)).toBe(true);
});

test('what has an outcome is charged no more', () => {
  expect(mayCharge('c1', declined, ended)).toBe(false);
  expect(mayCharge('c1', ready, null)).toBe(false);
});

test('a page that has forgotten its payment hears from the shop that it is still being worked on', () => {
  expect(mayCharge('c1', ready, { ...ended, requests: [{ cartId: 'c1', verdict: 'running' }] })).toBe(true);
  const pending = { state: 'pending', payment: { cartId: 'c1' } };
  expect(mayCharge('c1', ready, { ...ended, keys: [pending] })).toBe(true);
  expect(mayCharge('c2', ready, { requests: [{ cartId: 'c1', verdict: 'running' }], keys: [pending] })).toBe(false);
  expect(mayCharge('c1', ready, { ...ended, keys: [{ ...pending, state: 'completed' }] })).toBe(false);
});
