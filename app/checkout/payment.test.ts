import type { Attempt } from '@payonce/trpc-idempotency/client';
import { expect, test } from 'vitest';
import { Payment } from './payment.ts';
import type { LookUp, PayOutcome, TryEvent } from './payment-answers.ts';
import type { PaymentAttempt, PaymentInput, PaymentState } from './payment-state.ts';

const INPUT: PaymentInput = {
  cartId: 'cart-1',
  cartVersion: 3,
  paymentMethod: 'pm_card_visa',
  expectedTotalMinor: 2490,
  email: 'guest@example.com',
};

type Kept = Attempt<PaymentInput>;

const NOW = 1_763_800_000_000;
const KEPT: Kept = { key: 'key-7', input: INPUT, createdAt: NOW };

/** A page, its storage, and a shop whose answers the test gives one by one. */
function pageWith({ kept = null, lookUp = { kind: 'not_final' } }: { kept?: Kept | null; lookUp?: LookUp } = {}) {
  const storage: { attempt: Kept | null } = { attempt: kept };
  const sends: {
    attempt: PaymentAttempt;
    storedBefore: Kept | null;
    sentBefore: boolean;
    observe: (event: TryEvent) => void;
    answer: (outcome: PayOutcome) => void;
  }[] = [];
  const lookUps: string[] = [];
  const paid: string[] = [];
  let keys = 0;
  const payment = new Payment({
    attempts: {
      begin(input) {
        keys += 1;
        storage.attempt = { key: `key-${keys}`, input, createdAt: NOW };
        return storage.attempt;
      },
      current: () => storage.attempt,
      end: () => {
        storage.attempt = null;
      },
      isDurable: () => true,
    },
    send: (attempt, { observe, sentBefore }) =>
      new Promise((answer) => sends.push({ attempt, storedBefore: storage.attempt, sentBefore, observe, answer })),
    lookUp: async (reference) => {
      lookUps.push(reference);
      return lookUp;
    },
    onPaid: (cartId) => paid.push(cartId),
    now: () => NOW,
  });
  return { payment, storage, sends, lookUps, paid, state: () => payment.getSnapshot().state };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const PROTECTED = { withKey: true };
const waitOf = (waitMs: number) => ({ waitMs, drawnMs: waitMs, retryAfterMs: null });

test('the key and the whole input are stored before anything is sent', () => {
  const page = pageWith();
  void page.payment.pay(INPUT, PROTECTED);
  expect(page.sends[0]?.storedBefore).toEqual({ key: 'key-1', input: INPUT, createdAt: NOW });
});

test('a double tap in the same turn sends one payment', () => {
  const page = pageWith();
  void page.payment.pay(INPUT, PROTECTED);
  void page.payment.pay(INPUT, PROTECTED);
  expect(page.sends).toHaveLength(1);
});

test('paid: the cart is told and the receipt known; the key is kept until that receipt is on the screen', async () => {
  const page = pageWith();
  const done = page.payment.pay(INPUT, PROTECTED);
  page.sends[0]?.answer({ kind: 'paid', orderId: 'order-1' });
  await done;
  expect(page.state()).toEqual({ kind: 'paid', cartId: 'cart-1', orderId: 'order-1' });
  expect(page.paid).toEqual(['cart-1']);
  expect(page.storage.attempt).toMatchObject({ key: 'key-1' });
  page.payment.receiptShown();
  expect(page.storage.attempt).toBeNull();
});

test('declined: the key is forgotten, so the next click is a new attempt', async () => {
  const page = pageWith();
  const done = page.payment.pay(INPUT, PROTECTED);
  page.sends[0]?.answer({ kind: 'declined', reason: 'card_declined', extras: {} });
  await done;
  expect(page.state().kind).toBe('declined');
  void page.payment.pay({ ...INPUT, paymentMethod: 'pm_card_slowBank' }, PROTECTED);
  expect(page.sends[1]?.attempt.reference).toBe('key-2');
});

test('unknown keeps the key; Pay does nothing then, and Check again goes on with the same one', async () => {
  const page = pageWith();
  const done = page.payment.pay(INPUT, PROTECTED);
  page.sends[0]?.answer({ kind: 'unknown' });
  await done;
  expect(page.state().kind).toBe('unknown');
  expect(page.storage.attempt?.key).toBe('key-1');

  void page.payment.pay(INPUT, PROTECTED);
  expect(page.sends).toHaveLength(1);

  void page.payment.checkAgain();
  await settle();
  expect(page.lookUps).toEqual(['key-1']);
  expect(page.sends[1]?.attempt.reference).toBe('key-1');
});

for (const [answer, notLetGo] of [
  [{ kind: 'not_final' }, 'still_working'],
  [{ kind: 'unknown' }, 'no_answer'],
] as const) {
  test(`to let it go is asked for as such, and when it may not go (${notLetGo}) that is known`, async () => {
    const page = pageWith({ lookUp: answer });
    const done = page.payment.pay(INPUT, PROTECTED);
    page.sends[0]?.answer({ kind: 'unknown' });
    await done;
    expect(page.state()).not.toHaveProperty('notLetGo');
    const seen: PaymentState[] = [];
    page.payment.subscribe(() => seen.push(page.state()));
    await page.payment.letGo();
    expect(seen).toMatchObject([
      { kind: 'looking_up', toLetGo: true },
      { kind: 'unknown', notLetGo },
    ]);
    expect(page.storage.attempt?.key).toBe('key-1');
  });
}

test('after a reload the attempt is looked up before a Pay button can be shown, and sent again when not final', async () => {
  const page = pageWith({ kept: KEPT });
  const attempt = { reference: 'key-7', input: INPUT, startedAt: NOW };
  expect(page.state()).toEqual({ kind: 'looking_up', attempt });
  expect(page.payment.isOpen()).toBe(true);
  void page.payment.resume();
  await settle();
  expect(page.lookUps).toEqual(['key-7']);
  expect(page.sends[0]?.attempt).toEqual(attempt);
});

test('after a reload a payment that went through is shown without being sent again', async () => {
  const page = pageWith({
    kept: KEPT,
    lookUp: { kind: 'paid', orderId: 'order-9' },
  });
  await page.payment.resume();
  expect(page.state()).toEqual({ kind: 'paid', cartId: 'cart-1', orderId: 'order-9' });
  expect(page.sends).toHaveLength(0);
  page.payment.receiptShown();
  expect(page.storage.attempt).toBeNull();
});

test('a shop that cannot be asked after a reload leaves the outcome unknown and the key kept', async () => {
  const page = pageWith({ kept: KEPT, lookUp: { kind: 'unknown' } });
  await page.payment.resume();
  expect(page.state().kind).toBe('unknown');
  expect(page.storage.attempt?.key).toBe('key-7');
});

test('an attempt that is found much later is looked up and not sent again until somebody asks for it', async () => {
  const page = pageWith({ kept: { ...KEPT, createdAt: NOW - 16 * 60_000 } });
  await page.payment.resume();
  expect(page.sends).toHaveLength(0);
  expect(page.state().kind).toBe('unknown');
  void page.payment.checkAgain();
  await settle();
  expect(page.sends[0]?.attempt.reference).toBe('key-7');
});

test('an attempt from a time that has not come yet is not sent by itself either: the clock is wrong, or was', async () => {
  const page = pageWith({ kept: { ...KEPT, createdAt: NOW + 365 * 86_400_000 } });
  void page.payment.resume();
  await settle();
  expect(page.lookUps).toEqual(['key-7']);
  expect(page.sends).toHaveLength(0);
  expect(page.state().kind).toBe('unknown');
});

test('a page that is mounted twice resumes once', async () => {
  const page = pageWith({ kept: KEPT });
  void page.payment.resume();
  void page.payment.resume();
  await settle();
  expect(page.lookUps).toHaveLength(1);
});

test('without protection nothing is stored and each Pay is a new one', async () => {
  const page = pageWith();
  const done = page.payment.pay(INPUT, { withKey: false });
  expect(page.sends[0]).toMatchObject({ attempt: { reference: null }, storedBefore: null });
  page.sends[0]?.answer({ kind: 'paid', orderId: 'order-1' });
  await done;
  expect(page.state().kind).toBe('paid');
});

test('the tries and the states follow the network', async () => {
  const page = pageWith();
  const done = page.payment.pay(INPUT, PROTECTED);
  const { observe, answer } = page.sends[0] as NonNullable<(typeof page.sends)[0]>;
  const seen: string[] = [];
  const note = (event: TryEvent) => {
    observe(event);
    seen.push(page.state().kind);
  };
  note({ kind: 'try' });
  note({ kind: 'failed', cause: 'no_answer', wait: waitOf(300) });
  note({ kind: 'try' });
  note({ kind: 'failed', cause: 'in_use', wait: waitOf(1_000) });
  note({ kind: 'offline' });
  note({ kind: 'try' });
  expect(seen).toEqual(['sending', 'no_answer', 'retrying', 'in_progress', 'offline', 'in_progress']);
  answer({ kind: 'paid', orderId: 'order-1' });
  await done;
  expect(page.payment.getSnapshot().tries.map((one) => one.ending)).toEqual(['no_answer', 'in_use', 'answered']);
});

test.each([{ kind: 'offline' }, { kind: 'shop_silent', waitMs: 4_160 }] as const)(
  'a pause keeps what held it up: $kind',
  (heldUp) => {
    const page = pageWith();
    void page.payment.pay(INPUT, PROTECTED);
    const { observe } = page.sends[0] as NonNullable<(typeof page.sends)[0]>;
    observe({ kind: 'try' });
    observe({ kind: 'failed', cause: 'no_answer', wait: waitOf(300) });
    observe({ kind: 'try' });
    observe({ kind: 'failed', cause: 'no_answer', wait: waitOf(700) });
    observe(heldUp);
    const { tries } = page.payment.getSnapshot();
    expect(tries.map(({ wait }) => wait)).toEqual([waitOf(300), { ...waitOf(700), heldUpBy: heldUp.kind }]);
  },
);

test('what is sent after a reload is known to have been sent before', async () => {
  const first = pageWith();
  void first.payment.pay(INPUT, PROTECTED);
  expect(first.sends[0]?.sentBefore).toBe(false);
  const reloaded = pageWith({ kept: KEPT });
  void reloaded.payment.resume();
  await settle();
  expect(reloaded.sends[0]?.sentBefore).toBe(true);
});
