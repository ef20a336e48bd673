import { expect, test } from 'vitest';
import { type Checked, checksOf } from './checks.ts';

const order = { orderId: 'o1', cartId: 'c1', status: 'paid', totalMinor: 2490, chargeId: 'ch1' } as const;
const charge = { chargeId: 'ch1', cartId: 'c1', amountMinor: 2490, refundedMinor: 0 };
const atRest: Checked = {
  charges: [charge],
  orders: [order],
  messages: [{ orderId: 'o1', kind: 'order_confirmation' }],
  keys: [],
  stock: [{ sku: 'field-notes', name: 'Field Notes', stock: 199, sold: 1, reserved: 0, atFirst: 200 }],
  changedAnswers: 0,
  isMoving: false,
  isOutsideFresh: true,
  isOutsideKnown: true,
};

const verdicts = (checked: Partial<Checked>) =>
  Object.fromEntries(checksOf({ ...atRest, ...checked }).map(({ name, verdict }) => [name, verdict]));

test('everything holds when one order has one charge, one message and its stock', () => {
  expect(new Set(Object.values(verdicts({})))).toEqual(new Set(['holds']));
});

test('a second charge for one cart is broken at once, also while the payment is under way', () => {
  const charges = [charge, { ...charge, chargeId: 'ch2' }];
  expect(verdicts({ charges, isMoving: true })).toMatchObject({
    one_charge_per_cart: 'broken',
    money_adds_up: 'in_flight',
  });
  expect(verdicts({ charges })).toMatchObject({ one_charge_per_cart: 'broken', money_adds_up: 'broken' });
});

test('a second charge that went back leaves the customer charged once', () => {
  const charges = [charge, { ...charge, chargeId: 'ch2', refundedMinor: 2490 }];
  expect(verdicts({ charges })).toMatchObject({ one_charge_per_cart: 'holds', money_adds_up: 'holds' });
});

test('two orders for one cart, a lost unit, a missing message and a changed answer are each told apart', () => {
  expect(verdicts({ orders: [order, { ...order, orderId: 'o2' }] }).one_order_per_cart).toBe('broken');
  expect(verdicts({ messages: [] }).one_email_per_order).toBe('broken');
  expect(verdicts({ changedAnswers: 1 }).answers_stand).toBe('broken');
  const [row] = atRest.stock;
  if (!row) throw new Error('there is a row');
  expect(verdicts({ stock: [{ ...row, stock: 198 }] }).stock_adds_up).toBe('broken');
});

test('nothing is said of money before the provider has been heard', () => {
  expect(verdicts({ isOutsideKnown: false })).toMatchObject({
    one_charge_per_cart: 'unknown',
    money_adds_up: 'unknown',
    stock_adds_up: 'holds',
  });
  expect(verdicts({ charges: [], isOutsideFresh: false }).money_adds_up).toBe('in_flight');
});
