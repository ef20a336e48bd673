import { createAttempts, createTabs } from '@payonce/trpc-idempotency/client';
import { expect, test } from 'vitest';
import { Payment } from './payment.ts';
import type { LookUp, PayOutcome, TryEvent } from './payment-answers.ts';
import type { PaymentAttempt, PaymentInput } from './payment-state.ts';
import type { PaymentView } from './payment-view.ts';

const CART = 'cart-1';
const inputOf = (cartId: string): PaymentInput => ({
  cartId,
  cartVersion: 3,
  paymentMethod: 'pm_card_visa',
  expectedTotalMinor: 2490,
  email: 'guest@example.com',
});

let browsers = 0;

/** One browser: its tabs share storage and a channel, and the shop answers each of them when the test lets it. */
function browser({ lookUp = { kind: 'not_final' } }: { lookUp?: LookUp } = {}) {
  browsers += 1;
  const name = `test-${browsers}`;
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const sends: {
    attempt: PaymentAttempt;
    answer: (outcome: PayOutcome) => void;
    observe: (event: TryEvent) => void;
  }[] = [];
  const lookUps: string[] = [];
  const tab = (cartId = CART) => {
    const paid: string[] = [];
    const payment = new Payment({
      attempts: createAttempts<PaymentInput>({ storage, storageKey: 'attempt' }),
      send: (attempt, { observe }) => new Promise((answer) => sends.push({ attempt, answer, observe })),
      lookUp: async (reference) => {
        lookUps.push(reference);
        return lookUp;
      },
      onPaid: (id) => paid.push(id),
      now: Date.now,
      tabs: createTabs<PaymentView>({ name, storage }),
      isOwnCart: (id) => id === cartId,
    });
    return {
      payment,
      paid,
      cartId,
      pay: () => payment.pay(inputOf(cartId), { withKey: true }),
      view: () => payment.getSnapshot(),
    };
  };
  return { tab, sends, lookUps, items };
}

const state = (tab: { view(): PaymentView }) => tab.view().state.kind;

test('two tabs that tap Pay in the same moment send one payment under one key', async () => {
  const { tab, sends } = browser();
  const [one, other] = [tab(), tab()];
  void one.pay();
  void other.pay();
  await expect.poll(() => [state(one), state(other)].filter((kind) => kind === 'sending')).toHaveLength(2);
  expect(sends).toHaveLength(1);
  expect(one.view().reference).toBe(other.view().reference);
  sends[0]?.answer({ kind: 'paid', orderId: 'order-1' });
  await expect.poll(() => [state(one), state(other)]).toEqual(['paid', 'paid']);
  expect(one.view().state).toEqual(other.view().state);
  expect([one.paid, other.paid]).toEqual([[CART], [CART]]);
  expect(sends).toHaveLength(1);
});

test('a tab that only looks follows the one that pays, and its own Pay does nothing meanwhile', async () => {
  const { tab, sends } = browser();
  const [payer, looker] = [tab(), tab()];
  void payer.pay();
  await expect.poll(() => state(looker)).toBe('sending');
  expect(looker.view().isElsewhere).toBe(true);
  await looker.pay();
  sends[0]?.observe({ kind: 'try' });
  sends[0]?.observe({ kind: 'failed', cause: 'no_answer', wait: { waitMs: 9, drawnMs: 9, retryAfterMs: null } });
  await expect.poll(() => state(looker)).toBe('no_answer');
  expect(looker.view().tries).toEqual(payer.view().tries);
  sends[0]?.answer({ kind: 'declined', reason: 'card_declined', extras: {} });
  await expect.poll(() => state(looker)).toBe('declined');
  expect(sends).toHaveLength(1);
});

test('a tab that is opened in the middle of it is told where things stand', async () => {
  const { tab, sends } = browser();
  const first = tab();
  void first.pay();
  await expect.poll(() => sends.length).toBe(1);
  sends[0]?.observe({ kind: 'offline' });
  const late = tab();
  void late.payment.resume();
  await expect.poll(() => state(late)).toBe('offline');
  sends[0]?.answer({ kind: 'paid', orderId: 'order-1' });
  await expect.poll(() => state(late)).toBe('paid');
});

test('after a decline either tab may pay again, at once and under a new key', async () => {
  const { tab, sends } = browser();
  const [one, other] = [tab(), tab()];
  void one.pay();
  await expect.poll(() => state(other)).toBe('sending');
  sends[0]?.answer({ kind: 'declined', reason: 'card_declined', extras: {} });
  await expect.poll(() => state(one)).toBe('declined');
  void one.pay();
  await expect.poll(() => sends.length).toBe(2);
  expect(sends[1]?.attempt.reference).not.toBe(sends[0]?.attempt.reference);
  sends[1]?.answer({ kind: 'declined', reason: 'card_declined', extras: {} });
  await expect.poll(() => state(other)).toBe('declined');
  void other.pay();
  await expect.poll(() => sends.length).toBe(3);
});

test('stopped without an outcome it is unknown in both tabs, and goes on in none until somebody asks', async () => {
  const { tab, sends, lookUps } = browser();
  const [one, other] = [tab(), tab()];
  void one.pay();
  await expect.poll(() => state(other)).toBe('sending');
  sends[0]?.answer({ kind: 'unknown' });
  await expect.poll(() => [state(one), state(other)]).toEqual(['unknown', 'unknown']);
  await expect.poll(() => other.view().isElsewhere).toBe(false);
  expect(lookUps).toEqual([]);
  void other.payment.checkAgain();
  await expect.poll(() => sends.length).toBe(2);
  expect(lookUps).toEqual([sends[0]?.attempt.reference]);
  expect(sends[1]?.attempt.reference).toBe(sends[0]?.attempt.reference);
  await expect.poll(() => one.view().isElsewhere).toBe(true);
});

test('a tab with another cart shows the payment under way, keeps its own cart, and may pay it afterwards', async () => {
  const { tab, sends } = browser();
  const [one, other] = [tab('cart-1'), tab('cart-2')];
  void one.pay();
  await expect.poll(() => state(other)).toBe('sending');
  await other.pay();
  expect(sends).toHaveLength(1);
  sends[0]?.answer({ kind: 'paid', orderId: 'order-1' });
  await expect.poll(() => state(other)).toBe('ready');
  expect(other.paid).toEqual([]);
  one.payment.receiptShown();
  void other.pay();
  await expect.poll(() => sends.length).toBe(2);
  expect(sends[1]?.attempt.input.cartId).toBe('cart-2');
});

test('an attempt that another tab left in storage is asked about before it is sent', async () => {
  const { tab, sends, lookUps, items } = browser({ lookUp: { kind: 'paid', orderId: 'order-1' } });
  const idle = tab();
  // Of a tab that has crashed since: it left its attempt and nothing else.
  items.set('attempt', JSON.stringify({ key: 'key-of-the-crashed', input: inputOf(CART), createdAt: 1 }));
  await idle.pay();
  expect(lookUps).toEqual(['key-of-the-crashed']);
  expect(sends).toEqual([]);
  expect(state(idle)).toBe('paid');
});

test('what another tab left for another cart or amount is asked about, and not sent by a tap that meant something else', async () => {
  const { tab, sends, lookUps, items } = browser();
  const idle = tab();
  const left = { ...inputOf(CART), expectedTotalMinor: 9_900 };
  items.set('attempt', JSON.stringify({ key: 'key-of-the-crashed', input: left, createdAt: Date.now() }));
  void idle.pay();
  await expect.poll(() => state(idle)).toBe('unknown');
  expect(lookUps).toEqual(['key-of-the-crashed']);
  expect(sends).toEqual([]);
  expect(idle.view().state).toMatchObject({ kind: 'unknown', attempt: { input: { expectedTotalMinor: 9_900 } } });
});

test('what another tab left of the same wish is carried on by a tap on Pay, under its key', async () => {
  const { tab, sends, items } = browser();
  const idle = tab();
  items.set('attempt', JSON.stringify({ key: 'key-of-the-crashed', input: inputOf(CART), createdAt: Date.now() }));
  void idle.pay();
  await expect.poll(() => sends.map(({ attempt }) => attempt.reference)).toEqual(['key-of-the-crashed']);
});
